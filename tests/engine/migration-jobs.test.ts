/** Sources that change, passes that try again, and mail that comes late, with a source that the test plays. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { openDatabase } from '#lib/db/database.ts'
import { claimJob } from '#lib/engine/migration/jobs.ts'
import { runPass } from '#lib/engine/migration/run-pass.ts'
import type { MailSource, PopEntry, SourceEntry } from '#lib/engine/migration/source.ts'
import { freshDatabase } from '#tests/support/database.ts'

const fresh = await freshDatabase()
Object.assign(process.env, { DATABASE_URL: fresh.url, MASTER_KEY: randomBytes(32).toString('base64') })
const database = openDatabase(fresh.url, 4)

const { prisma } = await import('#lib/db/prisma.ts')
const { changeJobs } = await import('#lib/migration/change-jobs.ts')
const { listSources } = await import('#lib/migration/list-sources.ts')
const { readBoard } = await import('#lib/migration/read-board.ts')
const { removeSource } = await import('#lib/migration/remove-source.ts')
const { changeSource } = await import('#lib/migration/change-source.ts')
const { saveSource } = await import('#lib/migration/save-source.ts')
const { startBatch } = await import('#lib/migration/start-batch.ts')
const { addOperator, addSubscriber } = await import('#tests/support/people.ts')

const settings = { name: 'mx', kind: 'IMAP_AND_POP3' as const, host: 'mx.example.net', masterPassword: 'master-secret' }
let operator: Awaited<ReturnType<typeof addOperator>>
let taro: Awaited<ReturnType<typeof addSubscriber>>
let sourceId: string

before(async () => {
  operator = await addOperator()
  taro = await addSubscriber('taro', false)
})

beforeEach(async () => {
  await prisma().migrationJob.deleteMany()
  sourceId = (await saveSource(operator, settings)).id
})

after(async () => {
  await prisma().$disconnect()
  await database.close()
  await fresh.drop()
})

const start = async () =>
  (await startBatch(operator, { sourceId, list: taro.address, isFinal: true })).batchId as string

describe('a source', () => {
  const sealed = async () =>
    (await prisma().migrationSource.findUniqueOrThrow({ where: { id: sourceId } })).sealedMasterPassword
  const change = (given: object, forgetsMasterPassword = false) =>
    changeSource(operator, {
      sourceId,
      settings: { ...settings, masterPassword: '', ...given },
      forgetsMasterPassword,
    })

  test('is changed on record; its master password stays, is replaced, or forgotten, and is never shown', async () => {
    const first = await sealed()
    await change({ messagesPerSecond: 7 })
    assert.deepEqual(await sealed(), first)
    for (const elsewhere of [{ host: 'evil.example.net' }, { tls: 'NONE' }, { imapPort: 1 }]) {
      await assert.rejects(change(elsewhere), { code: 'invalid_input' })
    }
    await change({ host: 'old.example.net', masterPassword: 'another' })
    assert.notDeepEqual(await sealed(), first)
    const [shown] = await listSources(operator)
    assert.deepEqual([shown?.host, shown?.hasMasterPassword], ['old.example.net', true])
    await change({ masterPassword: 'another' })
    assert.doesNotMatch(JSON.stringify(shown), /secret|another|sealed/i)
    await assert.rejects(change({ selfService: true }), { code: 'invalid_input' })
    await change({ selfService: true }, true)
    assert.equal(await sealed(), null)
    const records = await prisma().auditRecord.findMany({
      where: { subject: `migrationSource:${sourceId}` },
      orderBy: { id: 'asc' },
    })
    assert.deepEqual(
      records.map(({ action }) => action.split('.')[1]),
      ['add', 'change', 'change', 'change', 'change'],
    )
    assert.doesNotMatch(JSON.stringify(records.map(({ details, reason }) => [details, reason])), /secret|another/)
  })

  test('is left alone while a job of it runs, and not removed before all have ended', async () => {
    const batchId = await start()
    await assert.rejects(change({}), { code: 'conflict' })
    await changeJobs(operator, { batchId, jobId: null, deed: 'pause' })
    await change({ messagesPerSecond: 7 })
    await assert.rejects(change({ host: 'evil.example.net', masterPassword: 'x' }), { code: 'conflict' })
    await assert.rejects(removeSource(operator, { sourceId }), { code: 'conflict' })
    await changeJobs(operator, { batchId, jobId: null, deed: 'cancel' })
    await removeSource(operator, { sourceId })
    assert.equal(await sealed(), null)
    assert.ok(!(await listSources(operator)).some(({ id }) => id === sourceId))
    assert.equal((await readBoard(operator, { batch: batchId, page: 1 })).jobs[0]?.sourceName, 'mx')
    await assert.rejects(start(), { code: 'not_found' })
    await assert.rejects(change({}), { code: 'not_found' })
  })

  test('is for those who may change migrations', async () => {
    const who = { ...taro.actor }
    const given = { sourceId, settings, forgetsMasterPassword: false }
    await assert.rejects(changeSource(who, given), { code: 'forbidden' })
    await assert.rejects(removeSource(who, { sourceId }), { code: 'forbidden' })
  })
})

/** An old server with an INBOX: what it hands over by IMAP, and what POP3 lists. */
type Played = { letters: Record<number, string>; unreadable: readonly number[]; popped: Record<string, string> }

function playing({ letters, unreadable, popped }: Played): MailSource {
  const entries = Object.entries(letters).map(([uid, text]): SourceEntry => {
    return { key: uid, uid: Number(uid), uidl: null, sizeBytes: text.length, flags: 0, keywords: [] }
  })
  const texts = Object.values(popped)
  const listed = Object.entries(popped).map(([uidl, text], index): PopEntry => {
    return { number: index + 1, sizeBytes: text.length, uidl }
  })
  return {
    listFolders: async () => [
      { sourceName: 'INBOX', levels: ['INBOX'], specialUse: null, isSubscribed: true, messageCount: entries.length },
    ],
    openFolder: async () => ({ numbers: { uidValidity: 5, uidNext: entries.length + 1, highestModseq: 1 }, entries }),
    async *fetch(wanted) {
      for (const entry of wanted) {
        if (entry.uid === null || unreadable.includes(entry.uid)) continue
        yield { entry, content: Buffer.from(letters[entry.uid] ?? ''), internalDate: new Date() }
      }
    },
    openPopListing: async () => ({
      entries: listed,
      readHeader: async ({ number }) => Buffer.from(texts[number - 1]?.split('\r\n\r\n')[0] ?? ''),
      close: async () => {},
    }),
    close: async () => {},
  }
}

const letter = (number: number, body = 'x') => `Message-ID: <${number}@old.example>\r\n\r\n${body}\r\n`

describe('a pass', () => {
  async function pass(played: Played): Promise<void> {
    const job = await claimJob(database)
    assert.ok(job)
    await runPass({ database, openSource: async () => playing(played), mayRaiseQuota: () => true }, job)
  }

  async function inbox(): Promise<string[]> {
    const rows = await prisma().$queryRaw<{ uid: bigint; uidl: string; content: Uint8Array }[]>`
      SELECT m.uid, m.uidl, b.content FROM folders f
      JOIN messages m ON m.mailbox_id = f.mailbox_id AND m.folder_id = f.id
      JOIN bodies b ON b.mailbox_id = m.mailbox_id AND b.id = m.body_id
      WHERE f.mailbox_id = ${taro.id} AND f.name = 'INBOX' ORDER BY m.uid`
    return rows.map(({ uid, uidl, content }) => {
      const number = /<(\d+)@/.exec(Buffer.from(content).toString())?.[1]
      return `${uid} ${number} ${uidl.length > 4 ? 'own' : uidl}`
    })
  }

  const faults = async () =>
    (await prisma().migrationFault.findMany()).map(({ sourceKey, problem }) => `${sourceKey} ${problem}`)

  beforeEach(async () => {
    await prisma().migratedFolder.deleteMany()
    taro = await addSubscriber(`taro${randomBytes(4).toString('hex')}`, false)
  })

  const three = { 1: letter(1), 2: letter(2), 3: letter(3) }
  const popThree = { a: letter(1), b: letter(2), c: letter(3) }

  test('tries again what the source would not hand over, by the same job', async () => {
    const batchId = await start()
    await pass({ letters: three, unreadable: [2], popped: popThree })
    assert.deepEqual(await inbox(), ['1 1 a', '3 3 c'])
    assert.deepEqual(await faults(), ['2 messageUnreadable', 'b uidlNotMatched'])
    const again = { batchId, jobId: null, deed: 'fetchLate' } as const
    assert.deepEqual(await changeJobs(operator, again), { changed: 1 })
    await pass({ letters: three, unreadable: [2], popped: popThree })
    assert.deepEqual(await faults(), ['2 messageUnreadable'])
    await changeJobs(operator, again)
    await pass({ letters: { ...three, 4: letter(4) }, unreadable: [], popped: { ...popThree, d: letter(4) } })
    assert.deepEqual(await inbox(), ['1 1 a', '3 3 c', '4 4 d', '5 2 b'])
    assert.deepEqual(await faults(), [])
    await changeJobs(operator, again)
    await pass({ letters: { ...three, 4: letter(4) }, unreadable: [], popped: { ...popThree, d: letter(4) } })
    assert.equal((await inbox()).length, 4)
  })

  test('tries it again by another job too', async () => {
    await start()
    await pass({ letters: three, unreadable: [1], popped: popThree })
    await start()
    await pass({ letters: three, unreadable: [], popped: popThree })
    assert.deepEqual(await inbox(), ['2 2 b', '3 3 c', '4 1 a'])
    assert.deepEqual(await faults(), ['a uidlNotMatched'])
  })

  test('gives late mail the name that POP3 clients know, and none by its size alone', async () => {
    const batchId = await start()
    await pass({ letters: three, unreadable: [], popped: popThree })
    await prisma().$executeRaw`DELETE FROM messages WHERE mailbox_id = ${taro.id} AND uidl = 'a'`
    const late = { ...three, 4: letter(4), 5: letter(5), 6: letter(6) }
    await changeJobs(operator, { batchId, jobId: null, deed: 'fetchLate' })
    await pass({ letters: late, unreadable: [], popped: { ...popThree, f: letter(6), e: letter(5) } })
    assert.deepEqual(await inbox(), ['2 2 b', '3 3 c', '4 4 own', '5 5 e', '6 6 f'])
    assert.deepEqual(await faults(), ['4 uidlNotMatched'])
  })
})
