/** Everything through a smart host that asks for a login. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import type { Relay } from '#lib/engine/delivery/relay/start-relay.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'
import { eventually } from '#tests/support/eventually.ts'
import { routeTo, startTestRelay } from '#tests/support/relay.ts'
import { type SinkBehaviour, type SmtpSink, startSmtpSink } from '#tests/support/smtp-sink.ts'
import { type HostCertificate, makeTestAuthority } from '#tests/support/test-authority.ts'

const login = { user: 'site', password: 'pass wörd' }
const base64 = (text: string) => Buffer.from(text).toString('base64')

let rig: DeliveryRig
let certificate: HostCertificate
let sink: SmtpSink
let relay: Relay

before(async () => {
  rig = await openDeliveryRig()
  certificate = await (await makeTestAuthority({ isTrusted: true })).issue(['smart.test'])
})
beforeEach(async () => {
  await rig.query('DELETE FROM queued_messages')
  await rig.query('DELETE FROM unreachable_destinations')
  sink = await startSmtpSink({ tls: certificate })
  const smartHost = { host: 'smart.test', port: sink.port, tls: 'required' as const, login }
  relay = startTestRelay(rig, sink.port, { route: { ...routeTo(sink.port), smartHost } })
})
afterEach(async () => {
  await relay.close()
  await sink.stop()
})
after(() => rig.close())

type Attempt = { state: string; reply_code: number | null; enhanced_status: string; reply_text: string }

async function send(): Promise<Attempt> {
  await rig.accept({ to: ['x@remote.test'], listener: 'submission' })
  relay.wake()
  return eventually(async () => {
    const [attempt] = await rig.query<Attempt>(
      `SELECT r.state, a.reply_code, a.enhanced_status, a.reply_text
       FROM queued_recipients r JOIN delivery_attempts a ON a.recipient_id = r.id`,
    )
    assert.ok(attempt)
    return attempt
  })
}

/** A host that knows the login by one mechanism. */
function askFor(mechanisms: string, replies: (line: string) => string | null): Partial<SinkBehaviour> {
  return { extensions: [`AUTH ${mechanisms}`], answer: (line, { isTls }) => (isTls ? replies(line) : null) }
}

const challenge = '<1896.697170952@smart.test>'
const digest = createHmac('md5', login.password).update(challenge).digest('hex')
const dialogues: Record<string, Record<string, string>> = {
  'LOGIN PLAIN': { [`AUTH PLAIN ${base64(`\0site\0${login.password}`)}`]: '235 2.7.0 welcome' },
  'GSSAPI LOGIN': {
    'AUTH LOGIN': `334 ${base64('Username:')}`,
    [base64('site')]: `334 ${base64('Password:')}`,
    [base64(login.password)]: '235 2.7.0 welcome',
  },
  'CRAM-MD5': { 'AUTH CRAM-MD5': `334 ${base64(challenge)}`, [base64(`site ${digest}`)]: '235 2.7.0 welcome' },
}

for (const [mechanisms, dialogue] of Object.entries(dialogues)) {
  test(`logs in where ${mechanisms} is offered, inside TLS, before any mail`, async () => {
    sink.behave(
      askFor(mechanisms, (line) => dialogue[line] ?? (/^(AUTH|[A-Za-z0-9+/=]{8,}$)/.test(line) ? '535 no' : null)),
    )
    assert.equal((await send()).state, 'DELIVERED')
    const verbs = sink.commands.map((line) => line.split(' ')[0])
    assert.ok(verbs.indexOf('STARTTLS') < verbs.indexOf('AUTH') && verbs.indexOf('AUTH') < verbs.indexOf('MAIL'))
    assert.equal(sink.messages[0]?.isTls, true)
  })
}

test('a refused login is no fault of the mail: it waits, and the operator sees why', async () => {
  sink.behave(askFor('PLAIN', (line) => (line.startsWith('AUTH') ? '535 5.7.8 who are you?' : null)))
  const attempt = await send()
  assert.deepEqual([attempt.state, attempt.reply_code, attempt.enhanced_status], ['WAITING', 535, '4.7.8'])
  assert.match(attempt.reply_text, /refused the login: 535 5\.7\.8 who are you\?/)
  assert.doesNotMatch(attempt.reply_text, /site|pass/)
})

test('so does mail for a host that offers nothing that we can do', async () => {
  sink.behave(askFor('GSSAPI', () => null))
  const attempt = await send()
  assert.deepEqual([attempt.state, attempt.enhanced_status], ['WAITING', '4.7.8'])
})

test('without TLS, or under another name’s certificate, the password is not sent', async () => {
  sink.behave({ tls: null, extensions: ['AUTH PLAIN LOGIN'] })
  assert.equal((await send()).enhanced_status, '4.7.10')
  await rig.query('DELETE FROM queued_messages')
  await rig.query('DELETE FROM unreachable_destinations')
  sink.behave({ tls: await (await makeTestAuthority({ isTrusted: true })).issue(['other.test']) })
  assert.equal((await send()).enhanced_status, '4.7.10')
  assert.ok(!sink.commands.some((line) => line.startsWith('AUTH')))
})
