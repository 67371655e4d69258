/** Our signatures under the eyes of the library that checks what comes in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { signMessage } from '#lib/engine/delivery/dkim/sign-message.ts'
import { hardMessages, makeSigningKeys } from '#tests/support/dkim.ts'

const { signing, records } = await makeSigningKeys('infonia.test')

async function results(message: Buffer): Promise<string[]> {
  const resolver = async (name: string) => [[records[name] ?? '']]
  const { results } = await dkimVerify(message, { resolver, strict: true })
  return results.map(({ status, algo }) => `${algo} ${status.result}`)
}

const signed = async (text: string) => {
  const message = Buffer.from(text, 'latin1')
  return Buffer.concat([await signMessage(message, signing, new Date()), message])
}

for (const [name, text] of Object.entries(hardMessages)) {
  test(`both signatures are good: ${name}`, async () => {
    assert.deepEqual((await results(await signed(text))).sort(), ['ed25519-sha256 pass', 'rsa-sha256 pass'])
  })
}

test('a second From, Subject or To put in on the way breaks both', async () => {
  const message = (await signed(hardMessages.plain ?? '')).toString('latin1')
  for (const field of ['From: <boss@infonia.test>', 'Subject: urgent', 'To: <z@remote.test>', 'Cc: <z@remote.test>']) {
    const forged = message.replace('From: =', `${field}\r\nFrom: =`)
    assert.ok(
      (await results(Buffer.from(forged, 'latin1'))).every((result) => !result.endsWith('pass')),
      field,
    )
  }
})

test('so does one changed word of the body; what relays rewrap does not', async () => {
  const message = (await signed(hardMessages.plain ?? '')).toString('latin1')
  assert.ok((await results(Buffer.from(message.replace('Hello', 'Hallo')))).every((result) => !result.endsWith('pass')))
  const rewrapped = message.replace('Subject: hello', 'SUBJECT:\r\n hello').replace('Hello.', 'Hello.   ')
  assert.ok((await results(Buffer.from(rewrapped, 'latin1'))).every((result) => result.endsWith('pass')))
})

test('a message without From is not signed', async () => {
  await assert.rejects(signed('Subject: hello\r\n\r\nHello.\r\n'), /From/)
})

test('no line of a signature is longer than mail may carry', async () => {
  const signatures = (await signMessage(Buffer.from(hardMessages.plain ?? ''), signing, new Date())).toString()
  assert.ok(signatures.split('\r\n').every((line) => line.length <= 78))
})
