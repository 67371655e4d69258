import assert from 'node:assert/strict'
import { test } from 'node:test'
import { envelopeContext, recoverableSecrets } from '#lib/accounts/recoverable-secret.ts'
import { createEnvelope } from '#lib/seal/envelope.ts'
import { SealBroken } from '#lib/seal/seal.ts'

const masterKey = Buffer.alloc(32, 1)
const envelope = recoverableSecrets(masterKey)
const secret = Buffer.from('k7mf-2hxq')
const mine = envelopeContext({ mailboxId: 1, credentialId: 'a' })

test('an envelope opens again, and two of one secret have nothing in common', () => {
  const [one, other] = [envelope.close(secret, mine), envelope.close(secret, mine)]
  assert.deepEqual(envelope.open(one, mine), secret)
  assert.notDeepEqual(one.sealedKey, other.sealedKey)
  assert.notDeepEqual(one.sealedSecret, other.sealedSecret)
})

test('it opens for its own row alone, whole, and under its own master key', () => {
  const [enveloped, other] = [envelope.close(secret, mine), envelope.close(secret, mine)]
  const elsewhere = [
    () => envelope.open(enveloped, envelopeContext({ mailboxId: 2, credentialId: 'a' })),
    () => envelope.open(enveloped, envelopeContext({ mailboxId: 1, credentialId: 'b' })),
    () => envelope.open({ ...enveloped, sealedKey: other.sealedKey }, mine),
    () => envelope.open({ ...enveloped, sealedSecret: other.sealedSecret }, mine),
    () => envelope.open({ ...enveloped, sealedSecret: Buffer.alloc(0) }, mine),
    () => createEnvelope(masterKey, 'another purpose').open(enveloped, mine),
    () => recoverableSecrets(Buffer.alloc(32, 2)).open(enveloped, mine),
  ]
  for (const attempt of elsewhere) assert.throws(attempt, SealBroken)
})

test('one changed bit in either half is noticed', () => {
  const enveloped = envelope.close(secret, mine)
  for (const half of ['sealedKey', 'sealedSecret'] as const) {
    for (let at = 0; at < enveloped[half].length; at += 1) {
      const changed = Buffer.from(enveloped[half])
      changed[at] = (changed[at] ?? 0) ^ 1
      assert.throws(() => envelope.open({ ...enveloped, [half]: changed }, mine), SealBroken)
    }
  }
})
