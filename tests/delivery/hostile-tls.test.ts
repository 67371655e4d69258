/**
 * Next hops whose TLS is stripped, broken or forged. Without a policy mail is delivered as well as it can be; under
 * MTA-STS "enforce" it waits, and nothing of it is sent in clear.
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe } from 'node:test'
import type { Relay } from '#lib/engine/delivery/relay/start-relay.ts'
import { openRouteSecurity } from '#lib/engine/delivery/tls-policy/secure-route.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'
import { eventually } from '#tests/support/eventually.ts'
import { matrix } from '#tests/support/matrix.ts'
import { routeTo, startTestRelay } from '#tests/support/relay.ts'
import { type SinkBehaviour, type SmtpSink, startSmtpSink } from '#tests/support/smtp-sink.ts'
import { type HostCertificate, makeTestAuthority } from '#tests/support/test-authority.ts'

const domains = ['plain.test', 'testing.test', 'enforced.test'] as const
type Domain = (typeof domains)[number]
const hosts = domains.map((domain) => `mx.${domain}`)

let rig: DeliveryRig
let sink: SmtpSink
let relay: Relay
let certificates: Record<'good' | 'expired' | 'otherName' | 'unknownAuthority', HostCertificate>

before(async () => {
  rig = await openDeliveryRig()
  sink = await startSmtpSink()
  const trusted = await makeTestAuthority({ isTrusted: true })
  certificates = {
    good: await trusted.issue(hosts),
    expired: await trusted.issue(hosts, { notAfter: new Date(Date.now() - 86_400_000) }),
    otherName: await trusted.issue(['mx.elsewhere.test']),
    unknownAuthority: await (await makeTestAuthority({ isTrusted: false })).issue(hosts),
  }
  await addPolicy('testing.test', 'testing', ['mx.testing.test'])
  await addPolicy('enforced.test', 'enforce', ['mx.enforced.test'])
  await addPolicy('misnamed.test', 'enforce', ['*.another.test'])
  const { resolver, mayConnectTo } = routeTo(sink.port)
  const secureRoute = openRouteSecurity({
    database: rig.database,
    resolver: { ...resolver, texts: async (name) => (name === '_mta-sts.plain.test' ? [] : ['v=STSv1; id=1;']) },
    mayConnectTo: (address) => mayConnectTo(address),
    policyPort: 1,
    onFault: (error) => assert.fail(String(error)),
  })
  relay = startTestRelay(rig, sink.port, { secureRoute })
})
beforeEach(async () => {
  await rig.query('DELETE FROM queued_messages')
  await rig.query('DELETE FROM unreachable_destinations')
  await rig.query('DELETE FROM tls_results')
  sink.behave({ tls: null, answer: () => null })
})
after(async () => {
  await relay.close()
  await sink.stop()
  await rig.close()
})

const addPolicy = (domain: string, mode: string, mx: readonly string[]) =>
  rig.query(
    `INSERT INTO mta_sts_policies (domain, policy_id, mode, mx, expires_at) VALUES ($1, '1', $2, $3, now() + interval '1 day')`,
    [domain, mode, mx],
  )

type Outcome = { readonly way: 'encrypted' | 'in clear' | 'waits'; readonly status: string; readonly counted: string }

async function sendTo(domain: string): Promise<Outcome> {
  const [messagesBefore, commandsBefore] = [sink.messages.length, sink.commands.length]
  await rig.accept({ to: [`x@${domain}`], listener: 'submission' })
  relay.wake()
  type Row = { state: string; enhanced_status: string }
  const found = await eventually(async () => {
    const rows = await rig.query<Row>(
      'SELECT r.state, a.enhanced_status FROM queued_recipients r JOIN delivery_attempts a ON a.recipient_id = r.id',
    )
    assert.ok(rows.length > 0)
    return rows
  })
  const message = sink.messages[messagesBefore]
  const results = await rig.query<{ result: string }>('SELECT result FROM tls_results ORDER BY result')
  if (message === undefined) {
    const leaked = sink.commands.slice(commandsBefore).filter((line) => /^(MAIL|RCPT|DATA|AUTH)/i.test(line))
    assert.deepEqual(leaked, [], 'nothing of the message, nor its envelope, is sent')
  }
  return {
    way: message === undefined ? 'waits' : message.isTls ? 'encrypted' : 'in clear',
    status: found[0]?.enhanced_status ?? '',
    counted: results.map(({ result }) => result).join(),
  }
}

type Case = {
  readonly name: string
  readonly behaviour: () => Partial<SinkBehaviour>
  /** without a policy, under "testing", under "enforce" */
  readonly ways: readonly [Outcome['way'], Outcome['way'], Outcome['way']]
  readonly counted: readonly [string, string, string]
}

const thrice = (result: string) => [result, result, result] as const
const sameWay = ['in clear', 'in clear', 'waits'] as const
const judged = ['encrypted', 'encrypted', 'waits'] as const
const answerTo = (verb: string, reply: string) => (command: string) => (command.startsWith(verb) ? reply : null)

const cases: readonly Case[] = [
  {
    name: 'a valid certificate',
    behaviour: () => ({ tls: certificates.good }),
    ways: ['encrypted', 'encrypted', 'encrypted'],
    counted: thrice('success'),
  },
  { name: 'STARTTLS stripped', behaviour: () => ({}), ways: sameWay, counted: thrice('starttls-not-supported') },
  {
    name: 'STARTTLS answered 454',
    behaviour: () => ({ tls: certificates.good, answer: answerTo('STARTTLS', '454 4.7.0 not now') }),
    ways: sameWay,
    counted: thrice('starttls-not-supported'),
  },
  {
    name: 'STARTTLS answered 500',
    behaviour: () => ({ tls: certificates.good, answer: answerTo('STARTTLS', '500 5.5.1 what?') }),
    ways: sameWay,
    counted: thrice('starttls-not-supported'),
  },
  {
    name: '220 and then nonsense',
    behaviour: () => ({ tls: { ...certificates.good, isNonsense: true } }),
    ways: sameWay,
    counted: thrice('validation-failure'),
  },
  {
    name: '220 and then the end of the connection',
    behaviour: () => ({ tls: certificates.good, answer: answerTo('STARTTLS', '221 2.0.0 bye') }),
    ways: sameWay,
    counted: thrice('validation-failure'),
  },
  {
    name: 'answers put in behind the 220, in the same segment',
    behaviour: () => ({
      tls: certificates.good,
      answer: answerTo('STARTTLS', '220 go on\r\n250-injected\r\n250 AUTH PLAIN'),
    }),
    ways: sameWay,
    counted: thrice('validation-failure'),
  },
  {
    name: 'an EHLO list from before TLS that would forbid the message',
    behaviour: () => ({
      tls: certificates.good,
      answer: (command, { isTls }) =>
        command.startsWith('EHLO') && !isTls ? '250-sink\r\n250-SIZE 1\r\n250 STARTTLS' : null,
    }),
    ways: ['encrypted', 'encrypted', 'encrypted'],
    counted: thrice('success'),
  },
  {
    name: 'a certificate that has expired',
    behaviour: () => ({ tls: certificates.expired }),
    ways: judged,
    counted: ['success', 'certificate-expired', 'certificate-expired'],
  },
  {
    name: 'a certificate for another name',
    behaviour: () => ({ tls: certificates.otherName }),
    ways: judged,
    counted: ['success', 'certificate-host-mismatch', 'certificate-host-mismatch'],
  },
  {
    name: 'a certificate of an authority that nobody knows',
    behaviour: () => ({ tls: certificates.unknownAuthority }),
    ways: judged,
    counted: ['success', 'certificate-not-trusted', 'certificate-not-trusted'],
  },
  {
    name: 'TLS 1.0 and nothing newer',
    behaviour: () => ({ tls: { ...certificates.good, maxVersion: 'TLSv1' } }),
    ways: sameWay,
    counted: thrice('validation-failure'),
  },
]

describe('a next hop with', () => {
  const { check } = matrix(
    'hostile-tls',
    'TLS of next hops stripped, broken or forged: under enforce nothing leaves in clear',
  )

  for (const { name, behaviour, ways, counted } of cases) {
    domains.forEach((domain: Domain, index) => {
      check(`${name}, ${domain}`, async () => {
        sink.behave(behaviour())
        const outcome = await sendTo(domain)
        assert.equal(outcome.way, ways[index])
        assert.equal(outcome.counted, counted[index])
        if (outcome.way === 'waits') assert.equal(outcome.status, '4.7.10')
      })
    })
  }

  check('a name that the policy does not have', async () => {
    sink.behave({ tls: certificates.good })
    const before = sink.connectionCount
    assert.deepEqual(await sendTo('misnamed.test'), { way: 'waits', status: '4.7.10', counted: 'validation-failure' })
    assert.equal(sink.connectionCount, before, 'it is not even asked')
  })
})
