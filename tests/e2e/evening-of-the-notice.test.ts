/**
 * The evening of the notice of 2002, by its own clock: from 23:30 to 3:00 nothing is received, read, or sent by POP before
 * SMTP, while smtpa works and other providers' mail waits in their queues; until 4:30 the services are marked as
 * unstable; and what waited arrives. The other provider is a relay of ours with a queue and a database of its own.
 */
import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import type { Relay } from '#lib/engine/delivery/relay/start-relay.ts'
import type { ListenerName } from '#lib/policy/schema.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import { freePort } from '#tests/support/free-port.ts'
import { matrix } from '#tests/support/matrix.ts'
import { startPortalProcess } from '#tests/support/portal.ts'
import { openTurnedClock, type TurnedClock } from '#tests/support/turn-clock.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const directory = mkdtempSync(join(tmpdir(), 'evening-'))
process.env.TURNED_CLOCK_FILE = join(directory, 'clock')

/** By the clock of Japan. */
const at = (time: string, day = 22) => new Date(`2002-10-${day}T${time}:00+09:00`)
const early = (time: string) => at(time, 23)

const END = '2002-10-23 03:00 \\+0900'
const CLOSED = `Closed for maintenance until ${END}, nothing is lost, try again then`

describe('the evening of 22 October 2002', () => {
  let clock: TurnedClock
  let engine: TestEngine
  let taro: Awaited<ReturnType<TestEngine['addMailbox']>>
  let elsewhere: DeliveryRig
  let relay: Relay
  let portal: ChildProcess
  let portalUrl: string

  before(async () => {
    clock = await openTurnedClock(process.env.TURNED_CLOCK_FILE ?? '')
    await clock.turnTo(at('20:00'))
    engine = await startEngine({
      environment: clock.environment,
      databaseRoute: async (url) => {
        await clock.share(url)
        return url
      },
      policy: ({ listeners }) => {
        listeners.submission.requireTls = false
        listeners.pop3.requireTls = false
      },
    })
    taro = await engine.addMailbox('taro')
    const port = await freePort()
    portal = await startPortalProcess({ ...clock.environment, PORTAL_PORT: String(port) })
    portalUrl = `http://127.0.0.1:${port}`
    const { startTestRelay } = await import('#tests/support/relay.ts')
    elsewhere = await openDeliveryRig(clock.share)
    relay = startTestRelay(elsewhere, engine.ports.mx)
  })

  after(async () => {
    portal?.kill('SIGTERM')
    await relay?.close()
    await elsewhere?.close()
    await clock?.close()
    await engine?.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  /** The workers' timers go by the machine's clock, so they are told that it is later now. */
  async function itIs(moment: Date): Promise<void> {
    await clock.turnTo(moment)
    const { prisma } = await import('#lib/db/prisma.ts')
    await prisma().$executeRaw`SELECT pg_notify('maintenance_changed', '')`
  }

  async function greeting(listener: ListenerName): Promise<string> {
    const client = await WireClient.connect({ port: engine.ports[listener] })
    const line = await client.until(/\r\n/)
    client.close()
    return line
  }

  const OPEN = /^(?:220 |\+OK )/
  const doors = ['mx', 'smtp', 'pop3'] as const

  /** By SMTP AUTH, at smtpa. */
  async function send(subject: string): Promise<string> {
    const client = await WireClient.connect({ port: engine.ports.submission })
    await client.reply()
    await client.command('EHLO taro-pc')
    const response = Buffer.from(`\0${taro.address}\0${taro.credential.password}`).toString('base64')
    assert.match(await client.command(`AUTH PLAIN ${response}`), /^235 /)
    await client.command(`MAIL FROM:<${taro.address}>`)
    await client.command(`RCPT TO:<${taro.address}>`)
    await client.command('DATA')
    const answer = await client.command(`From: ${taro.address}\r\nSubject: ${subject}\r\n\r\nHello.\r\n.`)
    client.close()
    return answer
  }

  /** Somebody elsewhere writes; their provider has taken the message and owes it to Taro. */
  const write = (text: string) =>
    elsewhere.accept({
      to: [taro.address],
      sender: 'friend@infonia.test',
      listener: 'submission',
      content: Buffer.from(`From: friend@infonia.test\r\nSubject: ${text}\r\n\r\n${text}\r\n`),
    })

  const owed = () =>
    elsewhere.query<{ state: string; replies: string[] }>(`
      SELECT r.state::text, array(SELECT a.reply_code || ' ' || a.reply_text FROM delivery_attempts a
        WHERE a.recipient_id = r.id ORDER BY a.id) AS replies
      FROM queued_recipients r ORDER BY r.id`)

  async function subjects(): Promise<string[]> {
    const client = await WireClient.connect({ port: engine.ports.pop3 })
    await client.until(/\r\n/)
    client.send(`USER ${taro.address}\r\nPASS ${taro.credential.password}\r\n`)
    await client.until(/\+OK.*\r\n/)
    const [, count] = /\+OK (\d+) messages/.exec(await client.until(/(?:\+OK|-ERR).*\r\n/)) ?? []
    const found: string[] = []
    for (let number = 1; number <= Number(count); number += 1) {
      client.send(`RETR ${number}\r\n`)
      const message = await client.until(/\r\n\.\r\n/)
      found.push(/^Subject: (.*)\r$/m.exec(message)?.[1] ?? '')
    }
    client.send('QUIT\r\n')
    await client.rest()
    return found
  }

  /** Real logins would have found this: those of the probes, of which the status page tells. */
  async function probesFound(isGood: boolean): Promise<void> {
    const { prisma } = await import('#lib/db/prisma.ts')
    await prisma().serviceProbe.deleteMany({})
    for (const service of ['receive', 'reading', 'smtp', 'smtpa']) {
      const counts =
        isGood || service === 'smtpa' ? { good: 1, failed: 0, lastGood: true } : { good: 0, failed: 1, lastGood: false }
      await prisma().serviceProbe.create({ data: { service, bucket: new Date(), lastAt: new Date(), ...counts } })
    }
  }

  type Shown = { services: { service: string; state: string }[]; maintenance: { state: string }[] }

  /** As the page's own look says, and what its words are. */
  async function statusIs(states: Record<string, string>, words: RegExp): Promise<void> {
    await eventually(async () => {
      const answer = await fetch(`${portalUrl}/api/status`)
      const { services } = (await answer.json()) as Shown
      assert.deepEqual(Object.fromEntries(services.map(({ service, state }) => [service, state])), states)
    })
    const page = await fetch(`${portalUrl}/status`).then((answer) => answer.text())
    assert.match(page.replaceAll(/<!-- -->/g, ''), words)
  }

  const cases = matrix('evening-of-2002', 'Hours of the evening of 2002 that did not go as the notice says: none')
  const all = (state: string) => ({ receive: state, reading: state, smtp: state, smtpa: 'working' })

  cases.check('20:00: the operator plans the work, and until 23:29 everything goes on', async () => {
    const { scheduleMaintenance } = await import('#lib/maintenance/schedule-maintenance.ts')
    await scheduleMaintenance(engine.operator, {
      services: ['receive', 'reading', 'smtp'],
      reason: { ja: 'インフォニアメールサーバーの増強', en: 'Reinforcement of the mail servers' },
      startsAt: at('23:30'),
      endsAt: early('03:00'),
      unstableUntil: early('04:30'),
    })
    await itIs(at('23:29'))
    for (const door of doors) assert.match(await greeting(door), OPEN)
    await write('before')
    await eventually(async () => assert.deepEqual(await subjects(), ['before']))
    await probesFound(true)
    await statusIs(all('working'), /2002\/10\/22 23:30 〜 2002\/10\/23 3:00/)
  })

  cases.check('23:30: receiving and reading stop and say until when; smtpa goes on', async () => {
    await itIs(at('23:30'))
    assert.match(await greeting('mx'), new RegExp(`^421 4\\.3\\.2 ${CLOSED}`))
    assert.match(await greeting('smtp'), new RegExp(`^421 4\\.3\\.2 ${CLOSED}`))
    assert.match(await greeting('pop3'), new RegExp(`^-ERR \\[SYS/TEMP\\] ${CLOSED}`))
    assert.match(await send('sent during the work'), /^250 /)
    await probesFound(false)
    await statusIs(all('maintenance'), /終了予定まで、あと3時間(?:29|30)分/)
  })

  cases.check(
    'while it lasts, mail from elsewhere waits in its sender’s queue, also when that tries again',
    async () => {
      await write('during')
      await eventually(async () => {
        const waiting = (await owed()).at(-1)
        assert.equal(waiting?.state, 'WAITING')
        assert.match(waiting?.replies.at(-1) ?? '', new RegExp(`^421 .*${CLOSED}`))
      })
      const triesBefore = (await owed()).at(-1)?.replies.length ?? 0
      await itIs(early('01:30'))
      await eventually(async () => {
        const waiting = (await owed()).at(-1)
        assert.equal(waiting?.state, 'WAITING')
        assert.ok((waiting?.replies.length ?? 0) > triesBefore, 'tried again')
      })
      assert.match(await greeting('pop3'), /^-ERR /)
    },
  )

  cases.check(
    '3:00: everything opens, what was deferred arrives, and until 4:30 the page says “unstable”',
    async () => {
      await itIs(early('03:00'))
      for (const door of doors) assert.match(await greeting(door), OPEN)
      await probesFound(true)
      await statusIs(all('unstable'), /一時的につながらないこと/)
      await itIs(early('04:29'))
      await probesFound(true)
      await eventually(async () => {
        assert.deepEqual((await subjects()).toSorted(), ['before', 'during', 'sent during the work'])
      })
      assert.ok((await owed()).every(({ state }) => state === 'DELIVERED'))
      await statusIs(all('unstable'), /不安定なことがあります/)
    },
  )

  cases.check('4:30: all is as ever, nobody got anything twice, and the evening is on record', async () => {
    await itIs(early('04:30'))
    await probesFound(true)
    await statusIs(all('working'), /動いています/)
    assert.equal((await subjects()).length, 3)
    const { prisma } = await import('#lib/db/prisma.ts')
    await eventually(async () => {
      const records = await prisma().auditRecord.findMany({
        where: { action: { startsWith: 'maintenance.' } },
        orderBy: { id: 'asc' },
      })
      assert.deepEqual(
        records.map(({ action }) => action),
        ['maintenance.schedule', 'maintenance.begin', 'maintenance.end'],
      )
    })
  })
})
