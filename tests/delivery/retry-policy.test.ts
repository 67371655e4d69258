/**
 * How often and how long delivery is tried, as the policy says. Time passes by moving everything in the queue into the
 * past: the relay and the database see real clocks.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import type { Relay } from '#lib/engine/delivery/relay/start-relay.ts'
import { defaultRelayRules } from '#lib/policy/relay-rules.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'
import { startTestRelay } from '#tests/support/relay.ts'
import { type SmtpSink, startSmtpSink } from '#tests/support/smtp-sink.ts'

const HOUR = 3_600
const DAY = 24 * HOUR

let rig: DeliveryRig
let sender: number
let sink: SmtpSink
let relays: Relay[]

before(async () => {
  rig = await openDeliveryRig()
  sender = await rig.addMailbox('taro')
})
beforeEach(async () => {
  await rig.query('DELETE FROM queued_messages')
  await rig.query('DELETE FROM unreachable_destinations')
  await rig.query('DELETE FROM messages')
  rig.policy.relay = { ...defaultRelayRules }
  sink = await startSmtpSink()
  relays = [startTestRelay(rig, sink.port)]
})
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.close()))
  await sink.stop()
})
after(() => rig.close())

const submit = (domain = 'remote.test') =>
  rig.accept({
    sender: 'taro@infonia.test',
    owner: { mailboxId: sender },
    listener: 'submission',
    to: [`x@${domain}`],
  })

type Row = { state: string; attempt_count: number; wait: number }
const rows = () =>
  rig.query<Row>(
    `SELECT state, attempt_count, extract(epoch FROM next_attempt_at - now())::float8 AS wait
     FROM queued_recipients WHERE leased_until IS NULL ORDER BY id`,
  )

async function until<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const attempted = (count: number) =>
  until(async () => (await rows()).find(({ attempt_count }) => attempt_count === count))

async function passTime(seconds: number): Promise<void> {
  await rig.query(
    `WITH moved AS (
       UPDATE queued_messages SET queued_at = queued_at - $1::float8 * interval '1 second',
         expires_at = expires_at - $1::float8 * interval '1 second'
     )
     UPDATE queued_recipients SET next_attempt_at = next_attempt_at - $1::float8 * interval '1 second'`,
    [seconds],
  )
  for (const relay of relays) relay.wake()
}

const reports = async () =>
  (
    await rig.query<{ content: Buffer }>(
      `SELECT b.content FROM messages m JOIN bodies b ON b.mailbox_id = m.mailbox_id AND b.id = m.body_id ORDER BY m.uid`,
    )
  ).map(({ content }) => /\r\nAction: (\w+)\r\n/.exec(String(content))?.[1])

/** @returns when each attempt was, in seconds since the message was accepted, and the reports there were after each */
async function followToTheEnd() {
  const attempts: { at: number; reports: readonly (string | undefined)[] }[] = []
  let elapsed = 0
  for (let count = 1; ; count += 1) {
    const { state, wait } = await attempted(count)
    attempts.push({ at: elapsed, reports: await reports() })
    if (state === 'FAILED') return attempts
    elapsed += wait
    await passTime(wait)
  }
}

test('a host that says "later" for five days is asked as the policy says, and the sender hears of it twice', async () => {
  sink.behave({ answer: (command) => (command.startsWith('RCPT') ? '450 4.2.0 later' : null) })
  await submit()
  const attempts = await followToTheEnd()

  const { retryDelaysSeconds } = defaultRelayRules
  const gaps = attempts.slice(1).map(({ at }, index) => at - (attempts[index]?.at ?? 0))
  gaps.slice(0, -1).forEach((gap, index) => {
    const expected = retryDelaysSeconds[Math.min(index, retryDelaysSeconds.length - 1)] ?? 0
    assert.ok(Math.abs(gap - expected) <= expected * 0.1, `attempt ${index + 2} came ${gap} s after the one before`)
  })
  assert.ok(attempts.filter(({ at }) => at > 0 && at <= HOUR).length >= 2, 'twice again within the first hour')

  const firstDelay = attempts.find((attempt) => attempt.reports.length === 1)
  assert.deepEqual(firstDelay?.reports, ['delayed'])
  assert.ok((firstDelay?.at ?? 0) >= 4 * HOUR && (firstDelay?.at ?? 0) <= 8.5 * HOUR)
  const last = attempts.at(-1)
  assert.deepEqual(last?.reports, ['delayed', 'failed'])
  assert.ok(Math.abs((last?.at ?? 0) - 5 * DAY) <= 120, `given up after ${last?.at} s`)

  await passTime(30 * DAY)
  await submit('other.test')
  await until(async () => ((await rows()).some(({ state }) => state === 'WAITING') ? true : undefined))
  assert.equal((await rows())[0]?.attempt_count, attempts.length, 'then never again')
})

test('another policy, another schedule; what waits already follows it from its next attempt on', async () => {
  sink.behave({ answer: (command) => (command.startsWith('RCPT') ? '450 4.2.0 later' : null) })
  await submit()
  assert.ok((await attempted(1)).wait > 250)
  rig.policy.relay = { ...defaultRelayRules, retryDelaysSeconds: [60], delayReportAfterSeconds: HOUR }
  await passTime(HOUR)
  assert.ok((await attempted(2)).wait < 70)
  assert.deepEqual(await reports(), ['delayed'])
})

test('a destination that is not there is left alone: new mail for it waits without a try', async () => {
  sink.behave({ greeting: '421 4.3.2 closed' })
  await submit()
  await attempted(1)
  const connections = sink.connectionCount
  for (let n = 0; n < 10; n += 1) await submit()
  await submit('other.test')
  await until(async () => ((await rows()).at(-1)?.attempt_count === 1 ? true : undefined))
  assert.equal((await rows()).filter(({ attempt_count }) => attempt_count === 0).length, 10)
  assert.equal(sink.connectionCount, connections + 1, 'only the other destination was asked')
})

test('when its time has come one session looks for all; once it answers everything goes', async () => {
  sink.behave({ greeting: '421 4.3.2 closed' })
  await submit()
  await attempted(1)
  for (let n = 0; n < 10; n += 1) await submit()
  const connections = sink.connectionCount
  await rig.query('UPDATE unreachable_destinations SET next_probe_at = now()')
  relays[0]?.wake()
  await until(async () =>
    (await rows()).filter(({ attempt_count }) => attempt_count === 1).length === 11 ? true : undefined,
  )
  assert.equal(sink.connectionCount, connections + 1)
  const [{ failures } = { failures: 0 }] = await rig.query<{ failures: number }>(
    'SELECT failures FROM unreachable_destinations',
  )
  assert.equal(failures, 2)

  sink.behave({ greeting: '220 sink.example ESMTP' })
  await rig.query('UPDATE unreachable_destinations SET next_probe_at = now()')
  await passTime(HOUR)
  await sink.received(11)
  await until(async () =>
    (await rows()).filter(({ state }) => state === 'DELIVERED').length === 11 ? true : undefined,
  )
  assert.deepEqual(await rig.query('SELECT FROM unreachable_destinations'), [])
})

test('an answer about a message does not make a destination unreachable', async () => {
  sink.behave({ answer: (command) => (command.startsWith('MAIL') ? '450 4.7.1 greylisted' : null) })
  await submit()
  await attempted(1)
  sink.behave({ answer: () => null })
  await submit()
  await sink.received(1)
})

test('a destination that cannot be reached still lets its mail expire, with a report', async () => {
  sink.behave({ greeting: '421 4.3.2 closed' })
  await submit()
  await attempted(1)
  await passTime(5 * DAY + HOUR)
  await rig.query('UPDATE unreachable_destinations SET next_probe_at = now()')
  relays[0]?.wake()
  assert.equal((await attempted(2)).state, 'FAILED')
  assert.deepEqual(await reports(), ['failed'])
})
