/** Mail that is passed on for a mailbox: its seal, its sender, and the way back for reports. */
import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import { test } from 'node:test'
import { authenticate } from 'mailauth'
import { type DkimKeyPair, makeDkimKeyPair } from '#lib/dkim/dkim-key-pair.ts'
import { recordText } from '#lib/dkim/dkim-record.ts'
import { createForwarding, wasDeliveredTo } from '#lib/engine/delivery/forwarding/forward-message.ts'
import { createRecipientResolver } from '#lib/engine/delivery/resolve-recipient.ts'

const domain = 'infonia.test'
const forwarder = 'taro@infonia.test'
const deliveredTo = (address: string) => Buffer.from(`Delivered-To: ${address}\r\n`)
const key: DkimKeyPair & { domain: string; selector: string } = {
  ...(await makeDkimKeyPair('RSA')),
  domain,
  selector: 'arc',
}
const privateKey = createPrivateKey({ key: key.privateKey, format: 'der', type: 'pkcs8' })
const zone: Record<string, string> = { [`TXT arc._domainkey.${domain}`]: recordText(key) }

const forwarding = createForwarding({
  masterKey: Buffer.alloc(32, 7),
  hostedDomains: [domain, 'second.test'],
  signingKeys: async (name) => (name === domain ? [{ ...key, privateKey }] : []),
  now: () => new Date(),
})

const trace = 'Authentication-Results: mx.infonia.test;\r\n spf=pass smtp.mailfrom=a@example.test;\r\n arc=none\r\n'
const received = 'Received: from example.test by mx.infonia.test;\r\n\tTue, 24 Nov 2026 12:00:00 +0900\r\n'
const message = Buffer.from(`${trace}${received}From: <a@example.test>\r\nSubject: hello\r\n\r\nHello.\r\n`)

async function chainOf(sealed: Buffer): Promise<string | undefined> {
  const resolver = async (name: string, type: string) => {
    const found = zone[`${type} ${name}`]
    if (found === undefined) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' })
    return [[found]]
  }
  const { arc } = await authenticate(sealed, { ip: '192.0.2.1', helo: 'fw', sender: 'a@example.test', resolver })
  return arc ? arc.status.result : undefined
}

test('a message that is passed on carries what we found out about it, under a seal that verifies', async () => {
  const sealed = await forwarding.sealForForwarding(message, forwarder)
  assert.ok(sealed.subarray(sealed.length - message.length).equals(message), 'its own bytes are untouched')
  assert.match(String(sealed), /ARC-Authentication-Results: i=1; mx\.infonia\.test;\s+spf=pass/)
  assert.equal(await chainOf(sealed), 'pass')
  assert.equal(await chainOf(Buffer.from(String(sealed).replace('Hello.', 'Hallo.'))), 'fail')
})

test('a second forwarder adds to the chain what the first one left', async () => {
  const first = await forwarding.sealForForwarding(message, forwarder)
  const again = Buffer.from(`${trace.replace('arc=none', 'arc=pass')}${received}${first}`)
  const second = await forwarding.sealForForwarding(again, forwarder)
  assert.match(String(second), /ARC-Seal: i=2;[\s\S]*cv=pass/)
  assert.equal(await chainOf(second), 'pass')
})

test('without a key, or without findings of ours, nothing is claimed', async () => {
  const other = 'taro@second.test'
  assert.deepEqual(await forwarding.sealForForwarding(message, other), Buffer.concat([deliveredTo(other), message]))
  const unchecked = message.subarray(trace.length)
  const passedOn = await forwarding.sealForForwarding(unchecked, forwarder)
  assert.deepEqual(passedOn, Buffer.concat([deliveredTo(forwarder), unchecked]))
})

test('the sender becomes ours, unless it is nobody or ours already', () => {
  assert.match(forwarding.forwardedEnvelope('a@example.test', domain), /^SRS0=.*=example\.test=a@infonia\.test$/)
  assert.equal(forwarding.forwardedEnvelope('', domain), '')
  assert.equal(forwarding.forwardedEnvelope('taro@second.test', domain), 'taro@second.test')
  assert.equal(forwarding.forwardedEnvelope(`${'a'.repeat(60)}@example.test`, domain), '')
})

test('a report to it leads back to the first sender, and only from a local part that we have made', async () => {
  const database = { query: async () => [] }
  const resolve = createRecipientResolver(database, { domain, hostedDomains: [domain] }, forwarding.senderOfForwarded)
  const wrapped = forwarding.forwardedEnvelope('a@example.test', domain)
  assert.deepEqual(await resolve(wrapped), { kind: 'returning', address: 'a@example.test', domain: 'example.test' })
  assert.deepEqual(await resolve(wrapped.replace('=a@', '=b@')), { kind: 'unknown' })
})

test('whoever has passed it on is written down, so that a circle is seen when it closes', async () => {
  const passedOn = await forwarding.sealForForwarding(message, forwarder)
  assert.ok(wasDeliveredTo(passedOn, 'Taro@infonia.test'))
  assert.ok(!wasDeliveredTo(passedOn, 'jiro@infonia.test'))
  assert.ok(!wasDeliveredTo(message, forwarder))
  assert.ok(!wasDeliveredTo(Buffer.concat([message, deliveredTo(forwarder)]), forwarder), 'the body says nothing')
})
