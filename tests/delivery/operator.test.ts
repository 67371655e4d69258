/** What operators do to the queue, against a relay that runs. */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import type { Actor } from '#lib/accounts/actor.ts'
import type { Relay } from '#lib/engine/delivery/relay/start-relay.ts'
import { defaultRelayRules } from '#lib/policy/relay-rules.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'
import { eventually } from '#tests/support/eventually.ts'
import { startTestRelay } from '#tests/support/relay.ts'
import { type SmtpSink, startSmtpSink } from '#tests/support/smtp-sink.ts'

const operator: Actor = { accountId: '0198c000-0000-7000-8000-00000000000a', role: 'OPERATOR', customerId: null }
const subscriber: Actor = {
  accountId: '0198c000-0000-7000-8000-00000000000b',
  role: 'SUBSCRIBER',
  customerId: '0198c000-0000-7000-8000-000000000001',
}
const reason = 'ticket 42'

const oneSessionEach = () => ({ ...defaultRelayRules, maxSessionsPerDestination: 1 })

let rig: DeliveryRig
let sender: number
let sink: SmtpSink
let relays: Relay[] = []
let gates: (() => void)[] = []
let verbs: {
  hold(id: number): Promise<void>
  release(id: number): Promise<void>
  cancel(id: number): Promise<void>
  flush(domain: string): Promise<number>
}

before(async () => {
  rig = await openDeliveryRig()
  process.env.DATABASE_URL = rig.url
  sender = await rig.addMailbox('taro')
  const { holdDelivery } = await import('#lib/delivery/hold-delivery.ts')
  const { releaseDelivery } = await import('#lib/delivery/release-delivery.ts')
  const { cancelDelivery } = await import('#lib/delivery/cancel-delivery.ts')
  const { flushDomain } = await import('#lib/delivery/flush-domain.ts')
  verbs = {
    hold: (id) => holdDelivery(operator, { recipientId: String(id), reason }),
    release: (id) => releaseDelivery(operator, { recipientId: String(id) }),
    cancel: (id) => cancelDelivery(operator, { recipientId: String(id), reason }),
    flush: (domain) => flushDomain(operator, { domain }),
  }
})
beforeEach(async () => {
  await rig.query('DELETE FROM queued_messages')
  await rig.query('DELETE FROM unreachable_destinations')
  await rig.query('DELETE FROM messages')
  await rig.query('DELETE FROM audit_records')
  sink = await startSmtpSink()
})
afterEach(async () => {
  for (const open of gates) open() // a test that failed before it did
  gates = []
  await Promise.all(relays.map((worker) => worker.close()))
  relays = []
  await sink.stop()
})
after(async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma().$disconnect()
  await rig.close()
})

const slowPoll = { pollIntervalMs: 600_000 } // so that only a notification can wake it
function relay(change: Parameters<typeof startTestRelay>[2] = {}): void {
  relays.push(startTestRelay(rig, sink.port, change))
}

async function submit(to = 'hanako@remote.test', from = 'taro@infonia.test'): Promise<number> {
  const owner = from === '' ? null : { mailboxId: sender }
  await rig.accept({ sender: from, owner, listener: 'submission', to: [to] })
  const [row] = await rig.query<{ id: number }>('SELECT max(id) AS id FROM queued_recipients')
  return row?.id ?? 0
}

const stateOf = async (id: number) => {
  const [row] = await rig.query<{ state: string; attempts: number }>(
    'SELECT state, attempt_count AS attempts FROM queued_recipients WHERE id = $1',
    [id],
  )
  return `${row?.state} ${row?.attempts}`
}
async function until(id: number, expected: string): Promise<void> {
  await eventually(async () => assert.equal(await stateOf(id), expected))
}
const reports = async () =>
  (
    await rig.query<{ content: Buffer }>(
      `SELECT b.content FROM messages m JOIN bodies b ON b.mailbox_id = m.mailbox_id AND b.id = m.body_id
       WHERE m.mailbox_id = $1 ORDER BY m.uid`,
      [sender],
    )
  ).map(({ content }) => String(content))
const audits = () => rig.query<{ action: string }>('SELECT action FROM audit_records ORDER BY id')
const contentBytes = async () =>
  (await rig.query<{ n: number }>('SELECT octet_length(content) AS n FROM queued_messages'))[0]?.n ?? 0

test('what is held is not sent and keeps its text; released, it is sent at once', async () => {
  const held = await submit()
  await verbs.hold(held)
  await verbs.hold(held)
  const other = await submit('x@remote.test')
  relay()
  await until(other, 'DELIVERED 1')
  await until(await submit('y@remote.test'), 'DELIVERED 1')
  assert.equal(await stateOf(held), 'HELD 0')
  assert.ok((await contentBytes()) > 0)
  await verbs.release(held)
  await until(held, 'DELIVERED 1')
  assert.equal(sink.messages.length, 3)
  assert.deepEqual(await audits(), [{ action: 'queue.hold' }, { action: 'queue.release' }])
})

test('one recipient of a message that is held does not lose the message’s text when the others are done', async () => {
  await rig.accept({
    sender: 'taro@infonia.test',
    owner: { mailboxId: sender },
    listener: 'submission',
    to: ['a@remote.test', 'b@remote.test'],
  })
  const [a, b] = await rig.query<{ id: number }>('SELECT id FROM queued_recipients ORDER BY address')
  assert.ok(a && b)
  await verbs.hold(a.id)
  relay()
  await until(b.id, 'DELIVERED 1')
  assert.ok((await contentBytes()) > 0)
  await verbs.release(a.id)
  await until(a.id, 'DELIVERED 1')
  assert.equal(await contentBytes(), 0)
  assert.deepEqual(
    sink.messages.map(({ content }) => content.includes('Hello.')),
    [true, true],
  )
})

/** Attempts come to a stand right after they have begun, until the gate opens. */
function gate() {
  const begun = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  gates.push(opened.resolve)
  const beforeRoute = () => {
    begun.resolve()
    return opened.promise
  }
  return { begun: begun.promise, open: opened.resolve, beforeRoute }
}

test('held while its attempt runs: the attempt ends as it ends, a deferral stays held', async () => {
  sink.behave({ answer: (command) => (command.startsWith('RCPT') ? '450 4.2.0 later' : null) })
  const { begun, open, beforeRoute } = gate()
  const id = await submit()
  relay({ beforeRoute })
  await begun
  await verbs.hold(id)
  open()
  await until(id, 'HELD 1')
  sink.behave({ answer: () => null })
  await rig.query('UPDATE queued_recipients SET next_attempt_at = now()')
  await until(await submit('other@remote.test'), 'DELIVERED 1')
  assert.equal(await stateOf(id), 'HELD 1')
  await verbs.release(id)
  await until(id, 'DELIVERED 2')
  assert.equal(sink.messages.length, 2)
})

test('what was claimed and waits its turn is not sent when it is held or cancelled meanwhile', async () => {
  const { begun, open, beforeRoute } = gate()
  const first = await submit('a@remote.test')
  const held = await submit('b@remote.test')
  const cancelled = await submit('c@remote.test')
  relay({ beforeRoute, rules: oneSessionEach })
  await begun
  const leased = await rig.query('SELECT FROM queued_recipients WHERE leased_until > now()')
  assert.equal(leased.length, 3)
  await verbs.hold(held)
  await verbs.cancel(cancelled)
  open()
  await until(first, 'DELIVERED 1')
  await until(cancelled, 'FAILED 1')
  assert.equal(await stateOf(held), 'HELD 0')
  assert.equal(sink.messages.length, 1)
})

test('cancelled while its attempt runs: taken by the next hop it is delivered, and no report says otherwise', async () => {
  const { begun, open, beforeRoute } = gate()
  const id = await submit()
  relay({ beforeRoute })
  await begun
  await verbs.cancel(id)
  open()
  await until(id, 'DELIVERED 1')
  assert.equal((await reports()).length, 0)
})

test('cancelled, held or not, it ends with one report and no second', async () => {
  sink.behave({ answer: (command) => (command.startsWith('RCPT') ? '450 4.2.0 later' : null) })
  const waiting = await submit('a@remote.test')
  const held = await submit('b@remote.test')
  await verbs.hold(held)
  relay({ limits: slowPoll })
  relay({ limits: slowPoll })
  await until(waiting, 'WAITING 1')
  // Of two at once the second finds it asked for or done; either way it changes nothing.
  await Promise.allSettled([verbs.cancel(waiting), verbs.cancel(waiting), verbs.cancel(held)])
  await until(waiting, 'FAILED 2')
  await until(held, 'FAILED 1')
  const [one = '', two = '', ...more] = await reports()
  assert.equal(more.length, 0)
  assert.match(one + two, /Final-Recipient: rfc822; a@remote.test\r\nAction: failed\r\nStatus: 5.3.0\r\n/)
  assert.match(one + two, /Final-Recipient: rfc822; b@remote.test\r\nAction: failed\r\nStatus: 5.3.0\r\n/)
  const text = Buffer.from(/base64\r\n\r\n([\s\S]*?)\r\n\r\n--/.exec(one)?.[1] ?? '', 'base64').toString()
  assert.match(text, /運用担当者が、このメールの配達を取りやめました。/)
  await assert.rejects(verbs.cancel(waiting), /has ended/)
  await assert.rejects(verbs.hold(held), /has ended/)
  await assert.rejects(verbs.release(held), /has ended/)
  assert.equal((await reports()).length, 2)
  assert.equal((await audits()).filter(({ action }) => action === 'queue.cancel').length, 2)
})

test('a cancelled report to a sender is reported to nobody', async () => {
  const id = await submit('x@remote.test', '')
  await verbs.hold(id)
  await verbs.cancel(id)
  relay()
  await until(id, 'FAILED 1')
  assert.equal((await reports()).length, 0)
  assert.equal(sink.messages.length, 0)
})

test('flushing a domain tries at once what waits for it, and leaves the held and the other domains alone', async () => {
  sink.behave({ answer: (command) => (command.startsWith('RCPT') ? '450 4.2.0 later' : null) })
  const here = await submit('a@remote.test')
  const held = await submit('b@remote.test')
  const elsewhere = await submit('c@other.test')
  await verbs.hold(held)
  relay({ limits: slowPoll })
  await until(here, 'WAITING 1')
  await until(elsewhere, 'WAITING 1')
  sink.behave({ answer: () => null })
  assert.equal(await verbs.flush('Remote.test'), 1)
  await until(here, 'DELIVERED 2')
  assert.equal(await stateOf(held), 'HELD 0')
  assert.equal(await stateOf(elsewhere), 'WAITING 1')
})

test('the list shows why and when, and of correspondents no more than the domain', async () => {
  const { listQueue } = await import('#lib/delivery/list-queue.ts')
  sink.behave({
    answer: (command) => (command.startsWith('RCPT') ? '450 4.2.0 <hanako@remote.test> hanako is greylisted' : null),
  })
  const waiting = await submit()
  for (let n = 0; n < 30; n += 1) await submit(`someone${n}@other.test`)
  await rig.query(
    `UPDATE queued_recipients SET next_attempt_at = now() + interval '1 hour' WHERE domain = 'other.test'`,
  )
  relay()
  await until(waiting, 'WAITING 1')
  await verbs.hold(waiting)
  const first = await listQueue(operator, { domain: '', show: 'all' })
  assert.equal(first.recipients.length, 25)
  const rest = await listQueue(operator, { domain: '', show: 'all', after: first.nextAfter ?? '' })
  assert.equal(rest.nextAfter, null)
  assert.equal(new Set([...first.recipients, ...rest.recipients].map(({ id }) => id)).size, 31)
  const [held, ...more] = (await listQueue(operator, { domain: 'remote.test', show: 'held' })).recipients
  assert.equal(more.length, 0)
  assert.equal(held?.recipient, 'h•••@remote.test')
  assert.equal(held?.sender, 'taro@infonia.test')
  assert.equal(held?.lastReply?.text, '450 4.2.0 <h•••@remote.test> ••• is greylisted')
  assert.deepEqual(
    first.domains.map(({ domain, waiting: n, held: h }) => `${domain} ${n} ${h}`),
    ['other.test 30 0', 'remote.test 0 1'],
  )
  assert.doesNotMatch(JSON.stringify([first, rest]), /hanako|someone|hello/i)
})

test('nobody but an operator looks or acts', async () => {
  const { listQueue } = await import('#lib/delivery/list-queue.ts')
  const { holdDelivery } = await import('#lib/delivery/hold-delivery.ts')
  const { releaseDelivery } = await import('#lib/delivery/release-delivery.ts')
  const { cancelDelivery } = await import('#lib/delivery/cancel-delivery.ts')
  const { flushDomain } = await import('#lib/delivery/flush-domain.ts')
  const recipientId = String(await submit())
  for (const actor of [subscriber, { ...operator, role: 'SUPPORT_AGENT' as const }]) {
    const tries = [
      listQueue(actor, { domain: '', show: 'all' }),
      holdDelivery(actor, { recipientId, reason }),
      releaseDelivery(actor, { recipientId }),
      cancelDelivery(actor, { recipientId, reason }),
      flushDomain(actor, { domain: 'remote.test' }),
    ]
    for (const result of await Promise.allSettled(tries)) assert.equal(result.status, 'rejected')
  }
  assert.deepEqual(await audits(), [])
})

test('subscribers see what their own mailboxes sent, in plain words, and nothing of others', async () => {
  const { listSent } = await import('#lib/delivery/list-sent.ts')
  sink.behave({
    answer: (command) =>
      /bad/.test(command) ? '550 5.1.1 no such person' : /later/.test(command) ? '450 4.7.1 greylisted' : null,
  })
  await rig.accept({
    sender: 'taro@infonia.test',
    owner: { mailboxId: sender },
    listener: 'submission',
    to: ['a@remote.test', 'bad@remote.test', 'later@remote.test'],
  })
  const foreign = await submit('x@remote.test', '')
  relay()
  await until(foreign, 'DELIVERED 1')
  const untried = () => rig.query('SELECT FROM queued_recipients WHERE attempt_count = 0')
  await eventually(async () => assert.deepEqual(await untried(), []))
  const { messages } = await listSent(subscriber, { show: 'all' })
  assert.equal(messages.length, 1)
  assert.deepEqual(
    messages[0]?.recipients.map(({ address, state }) => `${address} ${state}`),
    ['bad@remote.test failed', 'later@remote.test waiting', 'a@remote.test delivered'],
  )
  assert.match(messages[0]?.recipients[0]?.explanation?.ja ?? '', /アドレスが見つかりません/)
  assert.match(messages[0]?.recipients[1]?.explanation?.en ?? '', /asks us to wait/)
  assert.equal((await listSent(subscriber, { show: 'open' })).messages.length, 1)
  const stranger = { ...subscriber, customerId: '0198c000-0000-7000-8000-0000000000ff' }
  assert.deepEqual(await listSent(stranger, { show: 'all' }), { messages: [], nextBefore: null })
  await assert.rejects(listSent(operator, { show: 'all' }), /OPERATOR/)
})
