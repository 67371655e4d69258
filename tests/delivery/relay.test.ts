import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { AcceptedMessage } from '#lib/engine/delivery/accepted-message.ts'
import { NoSuchRecord } from '#lib/engine/delivery/relay/mail-resolver.ts'
import { sessionTimeouts } from '#lib/engine/delivery/relay/smtp-session.ts'
import type { Relay, RelayParts } from '#lib/engine/delivery/relay/start-relay.ts'
import { defaultRelayRules } from '#lib/policy/relay-rules.ts'
import { makeCertificate } from '#tests/support/certificate.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'
import { eventually } from '#tests/support/eventually.ts'
import { routeTo, startTestRelay } from '#tests/support/relay.ts'
import { type SmtpSink, startSmtpSink } from '#tests/support/smtp-sink.ts'

const oneSessionEach = () => ({ ...defaultRelayRules, maxSessionsPerDestination: 1 })

let rig: DeliveryRig
let sender: number
let sink: SmtpSink
let relays: Relay[] = []
let now = new Date()

before(async () => {
  rig = await openDeliveryRig()
  sender = await rig.addMailbox('taro')
  rig.policy.submission.limits.maxRecipientsPerHour = 1_000_000
  rig.policy.submission.limits.maxRecipientsPerDay = 1_000_000
})
beforeEach(async () => {
  await rig.query('DELETE FROM queued_messages')
  await rig.query('DELETE FROM unreachable_destinations')
  await rig.query('DELETE FROM messages')
  await rig.query('UPDATE mailboxes SET used_bytes = 0')
  now = new Date()
  sink = await startSmtpSink()
})
after(() => rig.close())

function relay(change: Partial<RelayParts> = {}, port = sink.port): Relay {
  const worker = startTestRelay(rig, port, { now: () => now, ...change })
  relays.push(worker)
  return worker
}

async function finish(): Promise<void> {
  await Promise.all(relays.map((worker) => worker.close()))
  relays = []
  await sink.stop()
}

const submit = (change: Partial<AcceptedMessage> & { to?: readonly string[] } = {}) =>
  rig.accept({
    sender: 'taro@infonia.test',
    owner: { mailboxId: sender },
    listener: 'submission',
    to: ['hanako@remote.test'],
    ...change,
  })

type State = { address: string; state: string; attempt_count: number; wait: number; leased: boolean }
const states = () =>
  rig.query<State>(
    `SELECT address, state, attempt_count, extract(epoch FROM next_attempt_at - now())::float8 AS wait, leased_until IS NOT NULL AS leased
     FROM queued_recipients ORDER BY address`,
  )
function untilStates(expected: readonly string[]): Promise<State[]> {
  return eventually(async () => {
    const found = await states()
    assert.deepEqual(
      found.map(({ state, attempt_count }) => `${state} ${attempt_count}`),
      expected,
    )
    return found
  })
}
const reports = async () =>
  (
    await rig.query<{ content: Buffer }>(
      `SELECT b.content FROM messages m JOIN bodies b ON b.mailbox_id = m.mailbox_id AND b.id = m.body_id
       WHERE m.mailbox_id = $1 AND m.envelope LIKE '%mailer-daemon%' ORDER BY m.uid`,
      [sender],
    )
  ).map(({ content }) => String(content))
const attempts = () =>
  rig.query<Record<string, unknown>>(
    'SELECT remote_host, tls_version, reply_code, enhanced_status, reply_text FROM delivery_attempts ORDER BY id',
  )

test('the stored bytes arrive unchanged, dots doubled on the wire, and the body is forgotten afterwards', async () => {
  const content = Buffer.from('Subject: \x1b$B%F\x1b(B\r\n\r\n.\r\n..dots\r\n\xe3\x81\x82\r\n.', 'latin1')
  await submit({ content: Buffer.concat([content, Buffer.from('\r\n')]), eightBit: true })
  relay()
  await sink.received(1)
  await untilStates(['DELIVERED 1'])
  const [message] = sink.messages
  assert.ok(
    message?.content.subarray(message.content.indexOf('Subject')).equals(Buffer.concat([content, Buffer.from('\r\n')])),
  )
  assert.match(String(message?.wire), /\r\n\.\.\r\n\.\.\.dots\r\n/)
  assert.match(message?.mail ?? '', /^MAIL FROM:<taro@infonia.test> SIZE=\d+ BODY=8BITMIME$/)
  const [kept] = await rig.query<{ content: Buffer }>('SELECT content FROM queued_messages')
  assert.equal(kept?.content.length, 0)
  assert.equal((await attempts())[0]?.remote_host, 'mx.remote.test')
  await finish()
})

test('recipients of one domain share a transaction; each has its own result', async () => {
  sink.behave({
    answer: (command) =>
      /bad/.test(command) ? '550 5.1.1 no such person' : /later/.test(command) ? '450 4.2.0 greylisted' : null,
  })
  await submit({ to: ['a-bad@remote.test', 'b@remote.test', 'c-later@remote.test', 'd@other.test'] })
  relay()
  const found = await untilStates(['FAILED 1', 'DELIVERED 1', 'WAITING 1', 'DELIVERED 1'])
  assert.equal(sink.messages.length, 2)
  const wait = found[2]?.wait ?? 0
  assert.ok(wait > 200 && wait < 320, `next attempt in ${wait} s`)
  assert.equal(found[2]?.leased, false)
  const [report, ...more] = await reports()
  assert.equal(more.length, 0)
  assert.match(
    report ?? '',
    /Final-Recipient: rfc822; a-bad@remote.test\r\nAction: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; mx.remote.test\r\nDiagnostic-Code: smtp; 550 5.1.1 no such person\r\n/,
  )
  assert.doesNotMatch(report ?? '', /c-later/)
  await finish()
})

test('several messages to one host go over one connection; a host that closes in between loses nothing', async () => {
  sink.behave({
    answer: (command, { messages }) => (messages === 3 && command.startsWith('MAIL') ? '421 4.7.0 enough' : null),
  })
  for (let n = 0; n < 10; n += 1) await submit()
  relay({ rules: oneSessionEach })
  await untilStates(Array(10).fill('DELIVERED 1'))
  assert.equal(sink.messages.length, 10)
  assert.equal(sink.connectionCount, 4)
  await finish()
})

test('STARTTLS is used when offered, and its failure falls back to a connection without', async () => {
  const tls = await makeCertificate()
  sink.behave({ tls })
  await submit()
  relay()
  await untilStates(['DELIVERED 1'])
  assert.equal(sink.messages[0]?.isTls, true)
  assert.equal((await attempts())[0]?.tls_version, 'TLSv1.3')
  sink.behave({ answer: (command) => (command === 'STARTTLS' ? '454 4.7.0 not now' : null) })
  await submit()
  relays[0]?.wake()
  await untilStates(['DELIVERED 1', 'DELIVERED 1'])
  assert.equal(sink.messages[1]?.isTls, false)
  await finish()
})

test('answers smuggled in before the TLS handshake end the connection', async () => {
  sink.behave({
    extensions: ['STARTTLS'],
    answer: (command) => (command === 'STARTTLS' ? '220 go on\r\n250-injected\r\n250 AUTH PLAIN' : null),
  })
  await submit()
  relay()
  await untilStates(['DELIVERED 1'])
  assert.equal(sink.messages[0]?.isTls, false)
  assert.equal(sink.connectionCount, 2)
  await finish()
})

test('a smart host that must have TLS gets nothing without a valid certificate', async () => {
  const tls = await makeCertificate()
  const smartHost = { host: 'localhost', port: sink.port, tls: 'required' as const, login: null }
  const resolver = {
    mailExchangers: async () => [],
    addresses: async () => [],
    texts: async () => [],
    configuredHost: async () => ['127.0.0.1'],
  }
  const route = {
    resolver,
    smartHost,
    mxPort: 25,
    ownHostNames: new Set<string>(),
    isOwnAddress: () => false,
    mayConnectTo: () => false,
  }
  await submit()
  relay({ route })
  await untilStates(['WAITING 1'])
  sink.behave({ tls })
  await rig.query('DELETE FROM unreachable_destinations')
  await rig.query('UPDATE queued_recipients SET next_attempt_at = now()')
  await untilStates(['WAITING 2'])
  assert.equal(sink.messages.length, 0)
  assert.ok(!sink.commands.some((line) => line.startsWith('MAIL')))
  await finish()
})

test('a host that is not there defers; the whole lane is deferred by one attempt to connect', async () => {
  for (let n = 0; n < 5; n += 1) await submit()
  await sink.stop()
  relay({ rules: oneSessionEach })
  await untilStates(Array(5).fill('WAITING 1'))
  assert.match(String((await attempts())[0]?.reply_text), /ECONNREFUSED/)
  assert.equal((await reports()).length, 0)
  await Promise.all(relays.map((worker) => worker.close()))
  relays = []
})

test('a domain that does not exist fails at once, and the sender is told in both languages', async () => {
  const route = {
    resolver: {
      mailExchangers: () => Promise.reject(new NoSuchRecord('')),
      addresses: () => Promise.reject(new NoSuchRecord('')),
      texts: async () => [],
      configuredHost: async () => [],
    },
    smartHost: null,
    mxPort: 25,
    ownHostNames: new Set<string>(),
    isOwnAddress: () => false,
    mayConnectTo: () => true,
  }
  await submit({ to: ['x@nowhere.test'] })
  relay({ route })
  await untilStates(['FAILED 1'])
  const [report = ''] = await reports()
  const text = Buffer.from(/base64\r\n\r\n([\s\S]*?)\r\n\r\n--/.exec(report)?.[1] ?? '', 'base64').toString()
  assert.match(text, /宛先のドメインが見つかりません。/)
  assert.match(text, /There is no such mail domain\./)
  await finish()
})

test('a delay is reported once after four hours, and after five days delivery is given up', async () => {
  sink.behave({ answer: (command) => (command.startsWith('RCPT') ? '450 4.2.0 try later' : null) })
  await submit()
  const worker = relay()
  await untilStates(['WAITING 1'])
  const later = async (hours: number, attempt: number, state = 'WAITING') => {
    now = new Date(Date.now() + hours * 3_600_000)
    await rig.query('UPDATE queued_recipients SET next_attempt_at = now()')
    worker.wake()
    await untilStates([`${state} ${attempt}`])
  }
  await later(3.9, 2)
  assert.equal((await reports()).length, 0)
  await later(4.1, 3)
  await later(8, 4)
  const afterDelay = await reports()
  assert.equal(afterDelay.length, 1)
  assert.match(afterDelay[0] ?? '', /\r\nAction: delayed\r\nStatus: 4.2.0\r\n[\s\S]*\r\nWill-Retry-Until: /)
  await later(120.1, 5, 'FAILED')
  const all = await reports()
  assert.equal(all.length, 2)
  assert.match(all[1] ?? '', /\r\nAction: failed\r\nStatus: 4.4.7\r\n/)
  await finish()
})

test('no report for the null sender, for NOTIFY=NEVER, or for a success that nobody asked for', async () => {
  sink.behave({ answer: (command) => (/bad/.test(command) ? '550 5.1.1 no' : null) })
  const recipient = (local: string, notify: AcceptedMessage['recipients'][number]['notify']) => ({
    address: `${local}@remote.test`,
    target: { kind: 'remote', domain: 'remote.test' } as const,
    notify,
    originalRecipient: null,
  })
  await submit({ recipients: [recipient('a-bad', ['never']), recipient('b', []), recipient('c-bad', ['success'])] })
  await submit({ sender: '', owner: null, recipients: [recipient('d-bad', [])] })
  relay()
  await untilStates(['FAILED 1', 'DELIVERED 1', 'FAILED 1', 'FAILED 1'])
  assert.equal((await reports()).length, 0)
  await finish()
})

test('no report for a sender that may be forged: mail from outside that SPF did not confirm', async () => {
  sink.behave({ answer: (command) => (command.startsWith('RCPT') ? '550 5.1.1 no' : null) })
  const forged = { sender: 'taro@infonia.test', owner: null, listener: 'mx' } as const
  await submit({ ...forged, isSenderConfirmed: false })
  await submit({ ...forged, isSenderConfirmed: true })
  relay()
  await untilStates(['FAILED 1', 'FAILED 1'])
  assert.equal((await reports()).length, 1)
  await finish()
})

test('NOTIFY, ORCPT, RET and ENVID go on to a host with DSN; without DSN a success is reported as relayed', async () => {
  const recipients = [
    {
      address: 'x@remote.test',
      target: { kind: 'remote', domain: 'remote.test' } as const,
      notify: ['success', 'failure'] as const,
      originalRecipient: 'rfc822;y+2B@remote.test',
    },
  ]
  const asked = { recipients, envelopeId: 'QQ+3D1', returnFull: true }
  await submit(asked)
  const worker = relay()
  await untilStates(['DELIVERED 1'])
  assert.match(sink.messages[0]?.mail ?? '', / RET=FULL ENVID=QQ\+3D1$/)
  assert.deepEqual(sink.messages[0]?.recipients, [
    'RCPT TO:<x@remote.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;y+2B@remote.test',
  ])
  assert.equal((await reports()).length, 0)
  sink.behave({ extensions: [] })
  await submit(asked)
  worker.wake()
  await untilStates(['DELIVERED 1', 'DELIVERED 1'])
  assert.equal(sink.messages[1]?.mail, 'MAIL FROM:<taro@infonia.test>')
  const [report = ''] = await reports()
  assert.match(report, /\r\nOriginal-Envelope-Id: QQ=1\r\n/)
  assert.match(
    report,
    /\r\nOriginal-Recipient: rfc822; y\+@remote.test\r\nFinal-Recipient: rfc822; x@remote.test\r\nAction: relayed\r\n/,
  )
  await finish()
})

test('what the next host cannot take is not sent: too large, or SMTPUTF8 without its support', async () => {
  sink.behave({ extensions: ['SIZE 100'] })
  await submit()
  sink.behave({ extensions: ['SIZE 100'] })
  await submit({
    to: ['あ@remote.test'],
    utf8: true,
    content: Buffer.from('\r\nx\r\n'),
    traceHeader: Buffer.alloc(0),
  })
  relay()
  await untilStates(['FAILED 1', 'FAILED 1'])
  assert.deepEqual((await attempts()).map(({ enhanced_status }) => enhanced_status).sort(), ['5.3.4', '5.6.7'])
  assert.equal(sink.messages.length, 0)
  await finish()
})

test('a connection that breaks before the answer to the final dot counts as not delivered', async () => {
  sink.behave({ answer: (command) => (command === '.' ? '421 4.3.2 going down' : null) })
  await submit()
  relay()
  await untilStates(['WAITING 1'])
  await finish()
})

test('two processes never send the same message twice', async () => {
  for (let n = 0; n < 60; n += 1) await submit({ to: [`x${String(n).padStart(2, '0')}@remote${n % 5}.test`] })
  relay()
  relay()
  relay()
  await untilStates(Array(60).fill('DELIVERED 1'))
  assert.equal(sink.messages.length, 60)
  await finish()
})

test('a lease that a dead process left behind holds the message back until it ends, no longer', async () => {
  await submit()
  await rig.query(`UPDATE queued_recipients SET leased_until = now() + interval '600 milliseconds'`)
  const start = Date.now()
  relay()
  await untilStates(['DELIVERED 1'])
  assert.ok(Date.now() - start > 500)
  await finish()
})

test('hosts that stall, each at another point, hold up nobody else, and a close that has no time cuts them off', async () => {
  const points = ['', 'EHLO', 'MAIL', 'RCPT', 'DATA', '.', 'QUIT']
  const stallingAt = (point: string) => ({
    ...(point === '' ? { greeting: '' } : {}),
    answer: (command: string) => (point !== '' && command.startsWith(point) ? '' : null),
  })
  const place = (index: number) => ({ host: `127.0.0.${index + 2}`, port: sink.port })
  const stalled = await Promise.all(points.map((point, index) => startSmtpSink(stallingAt(point), place(index))))
  const addressOf = (host: string) => `127.0.0.${Number(/^mx\.stalled(\d)/.exec(host)?.[1] ?? -1) + 2}`
  const stalledDomains = points.flatMap((_, index) => Array<string>(4).fill(`stalled${index}.test`))
  for (const domain of stalledDomains) await submit({ to: [`x@${domain}`] })
  const worker = relay({ route: routeTo(sink.port, async () => {}, addressOf), limits: { maxSessions: 20 } })
  while (stalled.some(({ connectionCount }) => connectionCount === 0)) await delay(5)

  await submit({ to: ['hanako@remote.test'] })
  worker.wake()
  await sink.received(1)
  assert.ok(stalled.every(({ connectionCount }) => connectionCount <= defaultRelayRules.maxSessionsPerDestination))

  await worker.close(50)
  const open = (await states()).filter(({ address }) => /stalled[0-5]/.test(address))
  assert.ok(open.every(({ state, leased }) => state === 'WAITING' && !leased))
  assert.equal((await rig.query('SELECT 1 FROM unreachable_destinations')).length, 0)
  await Promise.all(stalled.map((host) => host.stop()))
  await finish()
})

test('close ends what is in flight and gives back what was only claimed', async () => {
  sink.behave({ answer: (command) => (command.startsWith('RCPT') ? '' : null) })
  for (let n = 0; n < 5; n += 1) await submit({ to: [`x${n}@remote.test`] })
  const worker = relay({
    rules: oneSessionEach,
    timeouts: { ...sessionTimeouts, commandMs: 300 },
  })
  await eventually(() => assert.ok(sink.commands.some((line) => line.startsWith('RCPT'))))
  await worker.close()
  const found = await states()
  assert.equal(found.filter(({ attempt_count }) => attempt_count === 1).length, 1)
  assert.ok(found.every(({ leased, state }) => !leased && state === 'WAITING'))
  await finish()
})
