/** What clients hear before, during and after a maintenance window, and what happens to those who are there already. */
import assert from 'node:assert/strict'
import { after, afterEach, describe } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { moveMaintenanceEnd } from '#lib/maintenance/move-maintenance-end.ts'
import { scheduleMaintenance } from '#lib/maintenance/schedule-maintenance.ts'
import { type ServiceName, services } from '#lib/maintenance/services.ts'
import type { ListenerName } from '#lib/policy/schema.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { beginMessage, loggedInClient, sendMessage, smtpClient } from '#tests/support/smtp-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const HOUR_MS = 3_600_000
const UNTIL = 'Closed for maintenance until \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d \\+0900, nothing is lost, try again then'

const engine = await startEngine({ workers: 2 })
after(() => engine.stop())
const taro = await engine.addMailbox('taro')

describe('maintenance windows', () => {
  let windowId: string | null = null

  afterEach(async () => {
    if (windowId !== null) await finish(windowId)
    windowId = null
  })

  async function close(closed: readonly ServiceName[], endsAt = inOneHour()): Promise<string> {
    const reason = { ja: '増強工事', en: 'reinforcement' }
    const { id } = await scheduleMaintenance(engine.operator, { services: [...closed], reason, startsAt: null, endsAt })
    windowId = id
    await eventually(async () => assert.ok((await windowOf(id)).begunAt))
    return id
  }

  const windowOf = (id: string) => prisma().maintenanceWindow.findUniqueOrThrow({ where: { id } })

  async function finish(id: string): Promise<void> {
    if ((await windowOf(id)).endsAt > new Date()) {
      await moveMaintenanceEnd(engine.operator, { id, endsAt: null, reason: 'done early' })
    }
    await eventually(async () => assert.ok((await windowOf(id)).endedAt))
  }

  async function greeting(listener: ListenerName): Promise<string> {
    const target = { port: engine.ports[listener] }
    const isTls = ['submissions', 'pop3s', 'imaps'].includes(listener)
    const client = isTls ? await WireClient.connectTls(target, engine.authorityFile) : await WireClient.connect(target)
    const line = await client.until(/\r\n/)
    client.close()
    return line
  }

  const closedGreeting: Readonly<Record<'smtp' | 'pop3' | 'imap' | 'managesieve', RegExp>> = {
    smtp: new RegExp(`^421 4\\.3\\.2 ${UNTIL}\\r\\n$`),
    pop3: new RegExp(`^-ERR \\[SYS/TEMP\\] ${UNTIL}\\r\\n$`),
    managesieve: new RegExp(`^BYE .*${UNTIL}`),
    imap: new RegExp(`^\\* BYE \\[UNAVAILABLE\\] ${UNTIL}\\r\\n$`),
  }
  const OPEN = /^(?:220 |\+OK |\* OK |")/

  /** Every worker has heard: the kernel gives a new connection to either. */
  async function greets(listener: ListenerName, pattern: RegExp): Promise<void> {
    await eventually(async () => {
      for (const line of await Promise.all(Array.from({ length: 6 }, () => greeting(listener)))) {
        assert.match(line, pattern)
      }
    })
  }

  const cases = matrix('maintenance', 'Mail lost, or a door left open, around maintenance windows: none')

  const doors: readonly (readonly [ServiceName, ListenerName, keyof typeof closedGreeting])[] = [
    ['receive', 'mx', 'smtp'],
    ['smtp', 'smtp', 'smtp'],
    ['smtpa', 'submission', 'smtp'],
    ['smtpa', 'submissions', 'smtp'],
    ['smtpa', 'submissionLegacy', 'smtp'],
    ['reading', 'pop3', 'pop3'],
    ['reading', 'pop3s', 'pop3'],
    ['reading', 'imap', 'imap'],
    ['reading', 'imaps', 'imap'],
    ['reading', 'managesieve', 'managesieve'],
  ]

  for (const closed of services) {
    cases.check(`${closed} is closed with the end time, everything else open, and it opens again`, async () => {
      const id = await close([closed])
      for (const [service, listener, protocol] of doors) {
        await greets(listener, service === closed ? closedGreeting[protocol] : OPEN)
      }
      await finish(id)
      for (const [, listener] of doors) await greets(listener, OPEN)
    })
  }

  cases.check('as in 2002: nothing is received or read, and SMTP AUTH keeps working', async () => {
    await close(['receive', 'reading', 'smtp'])
    await greets('mx', closedGreeting.smtp)
    const client = await loggedInClient(engine, taro.credential)
    assert.match(await sendMessage(client, taro.address, taro.address), /^250 /)
    client.close()
  })

  cases.check('a message that is coming in when it begins arrives, then the session ends', async () => {
    const client = await smtpClient(engine.ports.mx)
    await beginMessage(client, 'a@elsewhere.test', taro.address)
    client.send('Subject: on its way\r\n\r\nfirst half\r\n')
    const before = await prisma().message.count({ where: { mailboxId: taro.id } })
    await close(['receive'])
    await greets('mx', closedGreeting.smtp)
    client.send('second half\r\n.\r\n')
    assert.match(await client.reply(), /^250 /)
    assert.match(await client.reply(), closedGreeting.smtp)
    await client.rest()
    assert.equal(await prisma().message.count({ where: { mailboxId: taro.id } }), before + 1)
  })

  cases.check('readers who are there are told until when, and lose nothing', async () => {
    const pop = await Pop3Client.login(engine, taro.credential)
    const imap = await ImapClient.login(engine, taro.credential)
    await close(['reading'])
    assert.match(await pop.line(), closedGreeting.pop3)
    await pop.wire.rest()
    await imap.wire.until(new RegExp(`\\* BYE \\[UNAVAILABLE\\] ${UNTIL}\\r\\n$`))
    await imap.wire.rest()
  })

  cases.check('sessions of services that stay open are not disturbed', async () => {
    const client = await loggedInClient(engine, taro.credential)
    await close(['receive'])
    await greets('mx', closedGreeting.smtp)
    assert.match(await client.command('NOOP'), /^250 /)
    client.close()
  })

  cases.check('an extension is what clients hear from then on', async () => {
    const id = await close(['receive'])
    await moveMaintenanceEnd(engine.operator, { id, endsAt: new Date('2027-10-22T18:00:00Z'), reason: 'takes longer' })
    await greets('mx', /until 2027-10-23 03:00 \+0900/)
  })

  cases.check('a planned window closes nothing before its time, and closes by itself when it comes', async () => {
    const reason = { ja: '工事', en: 'work' }
    const startsAt = new Date(Date.now() + 1_500)
    const endsAt = inOneHour()
    const { id } = await scheduleMaintenance(engine.operator, { services: ['receive'], reason, startsAt, endsAt })
    windowId = id
    assert.match(await greeting('mx'), OPEN)
    await greets('mx', closedGreeting.smtp)
    assert.ok(new Date() >= startsAt)
  })

  cases.check('what operators and the engine did is on record, once each', async () => {
    const id = await close(['receive'])
    await finish(id)
    const records = await prisma().auditRecord.findMany({
      where: { subject: `maintenance:${id}` },
      orderBy: { id: 'asc' },
    })
    assert.deepEqual(
      records.map(({ action, actorId }) => [action, actorId === null ? 'engine' : 'operator']),
      [
        ['maintenance.schedule', 'operator'],
        ['maintenance.begin', 'engine'],
        ['maintenance.moveEnd', 'operator'],
        ['maintenance.end', 'engine'],
      ],
    )
  })

  cases.check('nobody but an operator closes anything', async () => {
    const { actor } = await engine.addMailbox('hanako')
    const reason = { ja: '工事', en: 'work' }
    const input = { services: ['receive' as const], reason, startsAt: null, endsAt: inOneHour() }
    await assert.rejects(scheduleMaintenance(actor, input), { code: 'forbidden' })
  })
})

function inOneHour(): Date {
  return new Date(Date.now() + HOUR_MS)
}
