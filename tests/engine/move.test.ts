/** The move as operators and agents see it: the radar, the dry run of a cut-over, the board and its call list. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { HostUseModel } from '#lib/db/prisma.ts'
import { freshDatabase } from '#tests/support/database.ts'

const database = await freshDatabase()
Object.assign(process.env, { DATABASE_URL: database.url, MASTER_KEY: randomBytes(32).toString('base64') })

const { prisma } = await import('#lib/db/prisma.ts')
const { importPassword } = await import('#lib/inherited-passwords/import-password.ts')
const { forgetInheritedPassword } = await import('#lib/inherited-passwords/list-passwords.ts')
const { addCallNote } = await import('#lib/move/call-notes.ts')
const { addWave, removeWave } = await import('#lib/move/change-waves.ts')
const { dryRun } = await import('#lib/move/dry-run.ts')
const { hostHistory } = await import('#lib/move/host-history.ts')
const { readBoard } = await import('#lib/move/move-board.ts')
const { moveState } = await import('#lib/move/move-state.ts')
const { ownOldHostDevices } = await import('#lib/move/old-host-devices.ts')
const { currentPolicy } = await import('#lib/policy/index.ts')
const { addOperator, addSubscriber, changePolicy } = await import('#tests/support/people.ts')

type Mailbox = Awaited<ReturnType<typeof addSubscriber>>
let operator: Awaited<ReturnType<typeof addOperator>>
let taro: Mailbox
let hanako: Mailbox
const agent = { accountId: crypto.randomUUID(), role: 'SUPPORT_AGENT' as const, customerId: null }
const DAY_MS = 86_400_000
const tomorrow = () => new Date(Date.now() + DAY_MS)

before(async () => {
  operator = await addOperator()
  taro = await addSubscriber('taro', false)
  hanako = await addSubscriber('hanako', true)
})

beforeEach(async () => {
  await prisma().hostUse.deleteMany({})
  await prisma().protocolEvent.deleteMany({})
})

after(async () => {
  await prisma().$disconnect()
  await database.drop()
})

function use({ id, credential }: Mailbox, change: Partial<HostUseModel>, daysAgo = 0) {
  const at = new Date(Date.now() - daysAgo * DAY_MS)
  return prisma().hostUse.create({
    data: {
      ...{ mailboxId: id, credentialId: credential.id, day: at, listener: 'pop3s', mechanism: 'USER/PASS', tls: true },
      ...{ isOldHost: false, sign: null, count: 1, refusedCount: 0, firstAt: at, lastAt: at, clientName: null },
      ...change,
    },
  })
}

const old = { isOldHost: true, sign: 'serverName' } as const

describe('the radar', () => {
  test('shows the device with its name, since when and last when, to its owner only', async () => {
    await use(taro, { ...old, clientName: 'Old Mailer 2.0' }, 5)
    await use(taro, old, 2)
    const [device, ...others] = await ownOldHostDevices(taro.actor)
    assert.deepEqual(others, [])
    assert.equal(device?.label, 'test')
    assert.equal(device?.clientName, 'Old Mailer 2.0')
    assert.equal(device?.direction, 'receiving')
    assert.ok(device !== undefined && device.lastAt.getTime() - device.since.getTime() >= 3 * DAY_MS - 1_000)
    assert.deepEqual(await ownOldHostDevices(hanako.actor), [])
  })

  test('a device that came by the new name since is set right; sending is judged by itself', async () => {
    await use(taro, old, 2)
    await use(taro, { ...old, listener: 'submissions', mechanism: 'PLAIN' }, 2)
    await use(taro, {})
    const devices = await ownOldHostDevices(taro.actor)
    assert.deepEqual(
      devices.map(({ direction }) => direction),
      ['sending'],
    )
  })

  test('the chart counts mailboxes, each once a day, for thirty days', async () => {
    await use(taro, old)
    await use(taro, { ...old, listener: 'imaps' })
    await use(hanako, {})
    const days = await hostHistory(operator)
    assert.equal(days.length, 30)
    assert.deepEqual(days.at(-1) && { old: days.at(-1)?.old, current: days.at(-1)?.current }, { old: 1, current: 1 })
    await assert.rejects(hostHistory(taro.actor), { code: 'forbidden' })
  })
})

describe('the waves', () => {
  test('are kept in the order of their beginning, and each change is a version of the policy', async () => {
    const basedOn = async () => (await currentPolicy()).version
    const wave = (from: string) => ({ from, domains: [], percent: 100, service: 'refused' as const })
    await addWave(operator, { wave: wave('2027-02-01T00:00:00.000Z'), note: 'second', basedOn: await basedOn() })
    const second = await basedOn()
    await addWave(operator, { wave: wave('2027-01-01T00:00:00.000Z'), note: 'first', basedOn: second })
    const froms = async () => (await currentPolicy()).document.oldHost.waves.map(({ from }) => from.slice(0, 7))
    assert.deepEqual(await froms(), ['2027-01', '2027-02'])
    await assert.rejects(removeWave(operator, { index: 0, note: 'too late', basedOn: second }), { code: 'conflict' })
    await removeWave(operator, { index: 0, note: 'not yet', basedOn: await basedOn() })
    assert.deepEqual(await froms(), ['2027-02'])
    await removeWave(operator, { index: 0, note: 'not at all', basedOn: await basedOn() })
    await assert.rejects(removeWave(operator, { index: 0, note: 'nothing', basedOn: await basedOn() }), {
      code: 'not_found',
    })
  })
})

describe('the dry run', () => {
  const ask = (change: Partial<Parameters<typeof dryRun>[1]> = {}) =>
    dryRun(operator, { at: tomorrow(), oldHost: 'current', version: 0, days: 30, ...change })
  const lost = async (change: Parameters<typeof ask>[0]) =>
    (await ask(change)).losses.map(({ address, direction, reason }) => `${address} ${direction} ${reason}`)

  test('says by the engine’s own rules who would lose what', async () => {
    await use(taro, old)
    await use(taro, { ...old, listener: 'submissions', mechanism: 'PLAIN' })
    await use(hanako, {})
    await use(hanako, { ...old, listener: 'mx', mechanism: 'POP before SMTP', tls: false })
    assert.deepEqual(await lost({}), [`${hanako.address} sending oldHostSendsNoMore`])
    await changePolicy(operator, (document) => {
      document.oldHost.sendsByMxPort = true
    })
    assert.deepEqual(await lost({}), [])
    assert.deepEqual(await lost({ oldHost: 'receiveOnly' }), [
      `${taro.address} sending oldHostSendsNoMore`,
      `${hanako.address} sending oldHostSendsNoMore`,
    ])
    assert.deepEqual(await lost({ oldHost: 'refused' }), [
      `${taro.address} receiving oldHostServesNoMore`,
      `${taro.address} sending oldHostSendsNoMore`,
      `${hanako.address} sending oldHostSendsNoMore`,
    ])
  })

  test('only what a device did last counts, and only where it was served', async () => {
    await use(taro, old, 3)
    await use(taro, {}, 1)
    await use(hanako, { ...old, refusedCount: 1 })
    assert.deepEqual(await lost({ oldHost: 'refused' }), [])
    assert.equal((await ask({})).seen, 1)
  })

  test('a policy that closes a method or a door is judged too, and an older one can be asked', async () => {
    await use(taro, { listener: 'pop3', mechanism: 'APOP', tls: false })
    await use(hanako, { listener: 'smtp', mechanism: 'POP before SMTP', tls: false })
    const before = (await currentPolicy()).version
    const open = await changePolicy(operator, (document) => {
      document.listeners.pop3.requireTls = false
      document.listeners.pop3.mechanisms.push('APOP')
    })
    assert.deepEqual(await lost({}), [])
    await changePolicy(operator, (document) => {
      document.popBeforeSmtp.enabled = false
    })
    assert.deepEqual(await lost({}), [`${hanako.address} sending popBeforeSmtpDisabled`])
    assert.deepEqual(await lost({ version: open }), [])
    assert.deepEqual(await lost({ version: before }), [`${taro.address} receiving mechanismNotAllowed`])
  })

  test('knows programs that read by the password of the old system, and that they end with it', async () => {
    await importPassword(operator, { address: taro.address, hash: '{PLAIN-MD5}fe090881400f993566c486a3187420cb' })
    const { id } = await prisma().inheritedPassword.findUniqueOrThrow({ where: { mailboxId: taro.id } })
    await use(taro, { ...old, credentialId: id })
    const [device] = await ownOldHostDevices(taro.actor)
    assert.deepEqual([device?.credentialId, device?.label], [id, null])
    await changePolicy(operator, (document) => {
      document.inheritedPasswords.readingUntil = new Date(Date.now() + 2 * DAY_MS).toISOString()
    })
    assert.deepEqual(await lost({}), [])
    const later = { at: new Date(Date.now() + 3 * DAY_MS) }
    assert.deepEqual(await lost(later), [`${taro.address} receiving badCredentials`])
    await forgetInheritedPassword(operator, { address: taro.address, reason: 'done' })
    assert.deepEqual(await lost(later), [])
  })

  test('knows customers who have not signed in yet, and leaves our own probes out', async () => {
    const { createMailbox } = await import('#lib/accounts/index.ts')
    const box = async (contractNumber: string) => {
      const { id: customerId } = await prisma().customer.create({
        data: { contractNumber, name: 'New', nameKana: 'New' },
      })
      const address = `${contractNumber}@${taro.address.split('@')[1]}`
      const order = { customerId, address, displayName: 'New', popBeforeSmtp: false }
      const { id } = await prisma().$transaction((transaction) => createMailbox(transaction, order))
      return { ...taro, id, address }
    }
    const [fresh, probe] = [await box('fresh'), await box('status-probe')]
    for (const each of [fresh, probe]) await use(each, old)
    assert.deepEqual(await lost({ oldHost: 'refused' }), [`${fresh.address} receiving oldHostServesNoMore`])
    assert.deepEqual(
      (await readBoard(agent, { show: 'untouched', page: 1 })).rows.map(({ address }) => address),
      [taro.address, hanako.address, fresh.address],
    )
    await prisma().mailbox.deleteMany({ where: { id: { in: [fresh.id, probe.id] } } })
  })

  test('is for operators', async () => {
    await assert.rejects(dryRun(agent, { at: tomorrow(), oldHost: 'current', version: 0, days: 30 }), {
      code: 'forbidden',
    })
  })
})

describe('the state of a mailbox', () => {
  const day = (count: number) => new Date(Date.UTC(2027, 0, count))
  const never = { oldReceiving: null, newReceiving: null, oldSending: null, newSending: null, refusedAt: null }
  const cases = [
    ['nothing seen', {}, 'untouched'],
    ['only the old host', { oldReceiving: day(1), oldSending: day(1) }, 'untouched'],
    ['receives by the new one, sends by the old one', { newReceiving: day(2), oldSending: day(2) }, 'half'],
    ['went back to the old one', { newReceiving: day(2), oldReceiving: day(3) }, 'half'],
    ['sends by the new one, was never read', { newSending: day(2) }, 'half'],
    ['receives by the new one', { newReceiving: day(2), oldReceiving: day(1) }, 'done'],
    ['both by the new one', { newReceiving: day(2), newSending: day(2), oldSending: day(1) }, 'done'],
    ['refused since', { newReceiving: day(2), refusedAt: day(3) }, 'failing'],
    ['refused, and nothing else seen', { refusedAt: day(3) }, 'failing'],
    ['refused before', { newReceiving: day(3), refusedAt: day(2) }, 'done'],
  ] as const
  for (const [title, change, state] of cases) {
    test(`${title}: ${state}`, async () => {
      const seen = { ...never, ...change }
      const { Prisma } = await import('#lib/db/prisma.ts')
      const columns = Object.entries(seen).map(
        ([name, at]) => Prisma.sql`${at}::timestamptz AS ${Prisma.raw(`"${name}"`)}`,
      )
      const rows = await prisma().$queryRaw`SELECT ${moveState} AS state FROM (SELECT ${Prisma.join(columns)}) s`
      assert.deepEqual(rows, [{ state }])
    })
  }
})

describe('the board', () => {
  const addresses = async (show: 'done' | 'half' | 'untouched' | 'failing') =>
    (await readBoard(agent, { show, page: 1 })).rows.map(({ address }) => address)

  test('has each mailbox in one state, with the reason where it fails', async () => {
    await use(taro, {})
    await use(taro, { ...old, listener: 'submissions', mechanism: 'PLAIN' })
    await prisma().protocolEvent.create({
      data: {
        ...{ at: new Date(), sessionId: crypto.randomUUID(), kind: 'refusal', listener: 'pop3s', detail: 'no' },
        ...{ address: '192.0.2.7', mailboxId: hanako.id, mechanism: 'USER/PASS', reason: 'badCredentials' },
      },
    })
    const board = await readBoard(agent, { show: 'failing', page: 1 })
    assert.deepEqual(board.counts, { failing: 1, half: 1, untouched: 0, done: 0 })
    assert.equal(board.rows[0]?.seen.refusedFor, 'badCredentials')
    assert.deepEqual(await addresses('half'), [taro.address])
    await use(taro, { listener: 'submissions', mechanism: 'PLAIN' })
    await use(hanako, {})
    assert.deepEqual(await addresses('done'), [taro.address, hanako.address])
  })

  test('a note is about the customer, for the owner to see, and by agents only', async () => {
    await addCallNote(agent, { mailboxId: taro.id, outcome: 'callAgain', note: 'after six' })
    const { rows } = await readBoard(agent, { show: 'untouched', page: 1 })
    assert.equal(rows.find(({ mailboxId }) => mailboxId === taro.id)?.lastNote?.note, 'after six')
    const record = await prisma().auditRecord.findFirstOrThrow({ where: { action: 'move.callNote' } })
    assert.deepEqual([record.mailboxId, record.actorId, record.reason], [taro.id, agent.accountId, 'after six'])
    const note = { mailboxId: taro.id, outcome: 'reached' as const, note: 'x' }
    await assert.rejects(addCallNote(operator, note), { code: 'forbidden' })
    await assert.rejects(addCallNote(taro.actor, note), { code: 'forbidden' })
    await assert.rejects(readBoard(operator, { show: 'done', page: 1 }), { code: 'forbidden' })
  })

  test('each look is on record, and nobody calls themselves', async () => {
    const colleague = { ...agent, customerId: taro.actor.customerId }
    const { rows } = await readBoard(colleague, { show: 'untouched', page: 1 })
    assert.deepEqual(
      rows.map(({ address }) => address),
      [hanako.address],
    )
    const note = { mailboxId: taro.id, outcome: 'reached' as const, note: 'x' }
    await assert.rejects(addCallNote(colleague, note), { code: 'not_found' })
    assert.ok((await prisma().auditRecord.count({ where: { action: 'move.readBoard' } })) > 0)
  })
})
