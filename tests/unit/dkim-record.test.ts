import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeDkimKeyPair, newSelector } from '#lib/dkim/dkim-key-pair.ts'
import { isPublishedIn, recordName, recordText, zoneFileText } from '#lib/dkim/dkim-record.ts'

const rsa = { domain: 'a.test', selector: 'r1', ...(await makeDkimKeyPair('RSA')) }
const ed25519 = { domain: 'a.test', selector: 'e1', ...(await makeDkimKeyPair('ED25519')) }

test('a record has the name and the tags that verifiers look for', () => {
  assert.equal(recordName(rsa), 'r1._domainkey.a.test')
  assert.match(recordText(rsa), /^v=DKIM1; k=rsa; p=MIIBIjAN[A-Za-z0-9+/]{384}$/)
  assert.match(recordText(ed25519), /^v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=$/)
})

test('for a zone file the text is cut into strings that DNS can carry', () => {
  const strings = [...zoneFileText(rsa).matchAll(/"([^"]*)"/g)].map(([, text = '']) => text)
  assert.equal(strings.join(''), recordText(rsa))
  assert.equal(strings.length, 2)
  assert.ok(strings.every((text) => text.length <= 255))
})

test('a key is recognised in DNS however the record is spaced, and no other key is', () => {
  assert.ok(isPublishedIn([recordText(rsa)], rsa))
  assert.ok(isPublishedIn(['something else', `k=rsa;p=${rsa.publicKey.replace(/(.{64})/g, '$1 ')}; t=s`], rsa))
  assert.ok(!isPublishedIn([recordText(rsa)], ed25519))
  assert.ok(!isPublishedIn([`v=DKIM1; k=rsa; p=`], rsa), 'a revoked key')
  assert.ok(!isPublishedIn([recordText({ ...rsa, publicKey: rsa.publicKey.slice(0, -4) })], rsa))
  assert.ok(!isPublishedIn([], rsa))
})

test('selectors tell the day and the algorithm, and do not repeat', () => {
  const day = new Date('2026-11-24T15:00:00Z')
  assert.match(newSelector('RSA', day), /^r20261124-[0-9a-f]{4}$/)
  assert.match(newSelector('ED25519', day), /^e20261124-[0-9a-f]{4}$/)
})
