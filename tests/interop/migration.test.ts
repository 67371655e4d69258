/**
 * Mailboxes move here from a real Dovecot, while the engine's workers are killed: nothing is lost, altered or doubled,
 * and clients that kept their state fetch nothing again.
 *
 * `MIGRATION_MAILBOXES=50 MIGRATION_MESSAGES=20000 MIGRATION_KILLS=20 MIGRATION_PACE=100000` is the long run.
 */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import { missing } from '#tests/support/clients/run-client.ts'
import { type Dovecot, fillMaildir, isRoot, placeOf, startDovecot } from '#tests/support/dovecot.ts'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import { type KeepingClient, keepingClients } from '#tests/support/keeping-clients.ts'
import type { TestMailbox } from '#tests/support/mailbox.ts'
import { type Door, imapPicture, type MailboxPicture } from '#tests/support/mailbox-picture.ts'
import { matrix } from '#tests/support/matrix.ts'
import { fillMailbox, Pop3Client } from '#tests/support/pop3-talk.ts'
import { killAtOnce } from '#tests/support/processes.ts'
import { WireClient } from '#tests/support/wire-client.ts'
import { messagesFetched, tapWire, type WireTap } from '#tests/support/wire-tap.ts'

const MAILBOXES = Number(process.env.MIGRATION_MAILBOXES ?? 8)
const MESSAGES = Number(process.env.MIGRATION_MESSAGES ?? 800)
const KILLS = Number(process.env.MIGRATION_KILLS ?? 3)
/** messages a second: slow enough to be killed on the way */
const PACE = Number(process.env.MIGRATION_PACE ?? 100)
const COMPARED = Math.min(MAILBOXES, 8)
const PATIENCE_MS = 900_000

const skip = isRoot ? missing('dovecot') : 'Dovecot runs as root only'

describe('mailboxes that move here from a Dovecot', { skip }, () => {
  let dovecot: Dovecot
  let engine: TestEngine
  const mailboxes: TestMailbox[] = []
  const digests = new Map<string, readonly string[]>()
  const pictures = new Map<string, MailboxPicture>()
  const homes = new Map<KeepingClient, string>()
  const taps = new Map<KeepingClient, WireTap>()

  const oldDoor = (mailbox: TestMailbox): Door => ({
    port: dovecot.imapPort,
    user: mailbox.login,
    password: dovecot.password,
    authority: null,
  })
  const newDoor = ({ address, credential }: TestMailbox): Door => ({
    port: engine.ports.imap,
    user: address,
    password: credential.password,
    authority: readFileSync(engine.authorityFile, 'utf8'),
  })

  before(async () => {
    dovecot = await startDovecot()
    engine = await startEngine({ workers: 2, environment: { MIGRATION_DIR: dovecot.mailDirectory } })
    for (let index = 0; index < MAILBOXES; index += 1) {
      const login = `box${String(index).padStart(2, '0')}`
      digests.set(login, fillMaildir(dovecot.maildirOf(login), login, Math.floor(MESSAGES / MAILBOXES)))
      mailboxes.push(await engine.addMailbox(login))
    }
    for (const client of keepingClients) {
      homes.set(client, mkdtempSync(join(tmpdir(), 'keeping-')))
      taps.set(client, await tapWire())
    }
  })

  after(async () => {
    for (const tap of taps.values()) await tap.stop()
    await engine?.stop()
    await dovecot?.stop()
    for (const home of homes.values()) rmSync(home, { recursive: true, force: true })
  })

  const first = () => mailboxes[0] as TestMailbox

  /** @returns how many messages went over the wire */
  async function fetchNew(client: KeepingClient, password: string): Promise<number> {
    const tap = taps.get(client) as WireTap
    await client.fetchNew(homes.get(client) as string, { port: tap.port, user: first().login, password })
    return messagesFetched(tap.heard())
  }

  /** Those by POP3 and those by IMAP at once, since they keep out of each other's way. */
  function eachClient(title: string, check: (client: KeepingClient) => Promise<void>): void {
    describe(title, { concurrency: true }, () => {
      for (const protocol of ['pop3', 'imap'] as const) {
        describe(protocol, { concurrency: 1 }, () => {
          for (const client of keepingClients.filter((each) => each.protocol === protocol)) {
            it(client.name, { skip: client.skip }, () => check(client))
          }
        })
      }
    })
  }

  eachClient('fetches everything from the old server', async (client) => {
    const port = client.protocol === 'pop3' ? dovecot.pop3Port : dovecot.imapPort
    taps.get(client)?.leadTo({ port, authority: null })
    const letters = digests.get(first().login)?.length ?? 0
    assert.equal(await fetchNew(client, dovecot.password), lettersFor(client, letters))
  })

  it('the old server shows what it has', async () => {
    for (const mailbox of mailboxes.slice(0, COMPARED)) pictures.set(mailbox.login, await imapPicture(oldDoor(mailbox)))
  })

  it('a letter waits in the new INBOX already', async () => {
    await fillMailbox(engine, first().id, ['Message-ID: <welcome@here.example>\r\n\r\nNew here.\r\n'])
  })

  it('all of them arrive, however often the workers are killed', { timeout: PATIENCE_MS }, async () => {
    const { saveSource } = await import('#lib/migration/save-source.ts')
    const { startBatch } = await import('#lib/migration/start-batch.ts')
    const { prisma } = await import('#lib/db/prisma.ts')
    const source = await saveSource(engine.operator, {
      name: 'mx',
      kind: 'IMAP_AND_POP3',
      host: '127.0.0.1',
      imapPort: dovecot.imapPort,
      pop3Port: dovecot.pop3Port,
      tls: 'NONE',
      loginForm: '{login}*migrator',
      masterPassword: dovecot.masterPassword,
      messagesPerSecond: PACE,
      maxConnections: 8,
    })
    const list = mailboxes.map(({ address }) => address).join('\n')
    const { started, refused } = await startBatch(engine.operator, { sourceId: source.id, list, isFinal: true })
    assert.deepEqual({ started, refused }, { started: MAILBOXES, refused: [] })
    const startedAt = performance.now()
    let kills = 0
    let paused = 0
    for (;;) {
      const jobs = await prisma().migrationJob.findMany({
        select: { state: true, problem: true, messagesCopied: true },
      })
      if (jobs.every(({ state }) => ['DONE', 'FAILED'].includes(state))) break
      const copied = jobs.reduce((sum, job) => sum + job.messagesCopied, 0)
      if (kills < KILLS && copied > ((kills + 0.5) * MESSAGES) / (KILLS + 1)) {
        const killedAt = performance.now()
        killAtOnce(engine.workers.flatMap(({ pid }) => pid ?? []))
        kills += 1
        await engine.restart()
        paused += performance.now() - killedAt
      }
      await delay(20)
    }
    const seconds = (performance.now() - startedAt - paused) / 1_000
    console.log(
      `# ${MESSAGES} messages in ${seconds.toFixed(1)} s, ${kills} kills: ${Math.round(MESSAGES / seconds)} a second`,
    )
    const jobs = await prisma().migrationJob.findMany({ include: { faults: true } })
    assert.deepEqual(
      jobs.flatMap(({ faults }) => faults.map(({ folderName, problem }) => `${folderName}: ${problem}`)),
      [],
    )
    assert.ok(jobs.every(({ state }) => state === 'DONE'))
    assert.equal(kills, KILLS)
    assert.ok(jobs.every(({ sealedPassword }) => sealedPassword === null))
  })

  describe('and are what they were', () => {
    const figure = matrix('migration', 'Messages of an old Dovecot that moved here whole, with number, flags and date')

    figure.check(
      'every byte of every message',
      async () => {
        for (const { id, login } of mailboxes) {
          const here = await storedDigests(id)
          const expected = digests.get(login) ?? []
          assert.deepEqual(here.filter((digest) => expected.includes(digest)).sort(), expected)
        }
      },
      MESSAGES,
    )

    it('folders, UIDs, UIDVALIDITY, flags, dates and subscriptions', async () => {
      for (const mailbox of mailboxes.slice(0, COMPARED)) {
        const was = pictures.get(mailbox.login) as MailboxPicture
        const is = await imapPicture(newDoor(mailbox))
        for (const [name, folder] of Object.entries(was.folders)) {
          assert.deepEqual({ name, ...is.folders[name] }, { name, ...folder })
        }
        const extra = Object.keys(is.messages).filter((key) => was.messages[key] === undefined)
        assert.equal(extra.length, mailbox === first() ? 1 : 0)
        assert.deepEqual(
          Object.entries(is.messages).filter(([key]) => !extra.includes(key)),
          Object.entries(was.messages),
        )
      }
    })

    it('UIDLs', async () => {
      for (const mailbox of mailboxes.slice(1, COMPARED)) {
        const old = await uidls(await popOld(dovecot, mailbox.login))
        const { credential, address } = mailbox
        const now = await uidls(await Pop3Client.login(engine, { ...credential, username: address }))
        assert.deepEqual(now, old)
      }
    })

    it('a Maildir read from the disk is the same too, in passes while it changes', { timeout: 60_000 }, async () => {
      const login = 'files'
      fillMaildir(dovecot.maildirOf(login), login, 60)
      const mailbox = await engine.addMailbox(login)
      await imapPicture(oldDoor(mailbox))
      const { batchId } = await startFiles(engine, mailbox, {
        kind: 'MAILDIR',
        loginForm: '{login}/Maildir',
        isFinal: false,
      })
      await ended(mailbox.id, 'COPIED')
      assert.deepEqual(Object.keys((await imapPicture(newDoor(mailbox))).messages), [])
      await changeOld(oldDoor(mailbox))
      const was = await imapPicture(oldDoor(mailbox))
      const old = await uidls(await popOld(dovecot, login))
      const { changeJobs } = await import('#lib/migration/change-jobs.ts')
      await changeJobs(engine.operator, { batchId, jobId: null, deed: 'finish' })
      await ended(mailbox.id, 'DONE')
      const is = await imapPicture(newDoor(mailbox))
      assert.deepEqual(differences(was, is), [])
      assert.equal(Object.keys(is.messages).length, Object.keys(was.messages).length)
      const { credential, address } = mailbox
      const now = await uidls(await Pop3Client.login(engine, { ...credential, username: address }))
      assert.deepEqual(now, old)
    })

    for (const format of ['sdbox', 'mdbox'] as const) {
      it(`${format} read from the disk is the same too`, { timeout: 60_000 }, async () => {
        fillMaildir(dovecot.maildirOf(format), format, 300)
        const mailbox = await engine.addMailbox(format)
        const was = await imapPicture(oldDoor(mailbox))
        const old = await uidls(await popOld(dovecot, format))
        await dovecot.copyTo(format, format)
        await startFiles(engine, mailbox, { kind: 'DBOX', loginForm: `{login}/${format}`, isFinal: true })
        await ended(mailbox.id, 'DONE')
        const is = await imapPicture(newDoor(mailbox))
        assert.deepEqual(differences(was, is), [])
        assert.equal(Object.keys(is.messages).length, Object.keys(was.messages).length)
        const { credential, address } = mailbox
        assert.deepEqual(await uidls(await Pop3Client.login(engine, { ...credential, username: address })), old)
      })
    }

    eachClient('fetches nothing again, and the one new letter', async (client) => {
      const port = engine.ports[client.protocol === 'pop3' ? 'pop3s' : 'imaps']
      taps.get(client)?.leadTo({ port, authority: readFileSync(engine.authorityFile, 'utf8') })
      assert.equal(await fetchNew(client, first().credential.password), 1)
    })
  })
})

/** @returns what is not there, or not as it was */
function differences(was: MailboxPicture, is: MailboxPicture): string[] {
  const folders = Object.entries(was.folders).filter(([name, { uidValidity, subscribed }]) => {
    const now = is.folders[name]
    return now?.uidValidity !== uidValidity || now.subscribed !== subscribed
  })
  const messages = Object.entries(was.messages).filter(([key, picture]) => is.messages[key] !== picture)
  return [...folders.map(([name]) => name), ...messages.map(([key]) => key)]
}

/** How many of a mailbox's letters a client takes. */
function lettersFor({ protocol, takesOnlyShown = false }: KeepingClient, letters: number): number {
  const places = Array.from({ length: letters }, (_, index) => placeOf(index))
  const seen = places.filter(({ folder }) => protocol === 'imap' || folder === '')
  return seen.filter(({ flags, isSubscribed }) => !takesOnlyShown || (isSubscribed && !flags.includes('T'))).length
}

async function storedDigests(mailboxId: number): Promise<string[]> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const rows = await prisma().$queryRaw<{ digest: string }[]>`
    SELECT encode(sha256(b.content), 'base64') AS digest
    FROM folders f JOIN messages m ON m.mailbox_id = f.mailbox_id AND m.folder_id = f.id
    JOIN bodies b ON b.mailbox_id = m.mailbox_id AND b.id = m.body_id WHERE f.mailbox_id = ${mailboxId}`
  return rows.map(({ digest }) => digest)
}

type Files = { readonly kind: 'MAILDIR' | 'DBOX'; readonly loginForm: string; readonly isFinal: boolean }

async function startFiles(
  engine: TestEngine,
  { address }: TestMailbox,
  { isFinal, ...files }: Files,
): Promise<{ batchId: string }> {
  const { saveSource } = await import('#lib/migration/save-source.ts')
  const { startBatch } = await import('#lib/migration/start-batch.ts')
  const source = await saveSource(engine.operator, { name: files.loginForm, ...files })
  const { batchId } = await startBatch(engine.operator, { sourceId: source.id, list: address, isFinal })
  return { batchId: batchId ?? '' }
}

/** A message goes, and another gets a flag. */
async function changeOld({ port, user, password }: Door): Promise<void> {
  const client = new ImapFlow({ host: 'localhost', port, secure: false, auth: { user, pass: password }, logger: false })
  await client.connect()
  await client.mailboxOpen('INBOX')
  await client.messageDelete('1')
  await client.messageFlagsAdd('2', ['\\Answered'])
  await client.logout()
}

async function ended(mailboxId: number, state: 'COPIED' | 'DONE'): Promise<void> {
  const { prisma } = await import('#lib/db/prisma.ts')
  await eventually(async () => {
    const job = await prisma().migrationJob.findFirstOrThrow({ where: { mailboxId }, include: { faults: true } })
    assert.deepEqual([job.state, job.problem, job.faults], [state, null, []])
  })
}

async function popOld(dovecot: Dovecot, login: string): Promise<Pop3Client> {
  const client = new Pop3Client(await WireClient.connect({ port: dovecot.pop3Port }))
  await client.line()
  await client.ask(`USER ${login}`)
  assert.match(await client.ask(`PASS ${dovecot.password}`), /^\+OK/)
  return client
}

async function uidls(client: Pop3Client): Promise<string[]> {
  const answer = await client.askLines('UIDL')
  await client.ask('QUIT')
  return answer.split('\r\n').slice(1, -2)
}
