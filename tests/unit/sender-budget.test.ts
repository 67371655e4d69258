/** What a sender can make the check of senders do, by records and signatures of their own. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { askWithin } from '#lib/engine/sender-checks/ask-within.ts'
import type { Ask } from '#lib/engine/sender-checks/dns-answers.ts'
import { examine } from '#lib/engine/sender-checks/examine.ts'

const facts = { address: '192.0.2.1', helloName: 'mail.attacker.example', sender: 'a@attacker.example' }
const code = (name: string) => Object.assign(new Error(name), { code: name })
const zone: Readonly<Record<string, string>> = {
  '_dmarc.bank.example': 'v=DMARC1; p=reject',
  'attacker.example': 'v=spf1 -all',
}
const answered: Ask = async (name) => {
  const text = zone[name.replace(/\.$/, '')]
  if (text === undefined) throw code('ENOTFOUND')
  return [[text]]
}
const bodyHash = createHash('sha256').update('hello\r\n').digest('base64')
const signature = (domain: string, selector: string) =>
  `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=${selector}; h=from; bh=${bodyHash}; b=eHh4\r\n`
const letter = (signatures: string) => Buffer.from(`${signatures}From: <a@bank.example>\r\nSubject: x\r\n\r\nhello\r\n`)

describe('the budget of a sender', () => {
  test('of a thousand signatures the uppermost ten are looked at', async () => {
    const asked: string[] = []
    const ask: Ask = (name, type) => {
      asked.push(name)
      return answered(name, type)
    }
    const many = Array.from({ length: 1_000 }, (_, n) => signature('attacker.example', `s${n}`)).join('')
    const { dmarc, requested } = await examine(letter(many), facts, 'mx.example', ask)
    const keys = asked.filter((name) => name.includes('_domainkey'))
    assert.deepEqual(
      keys,
      Array.from({ length: 10 }, (_, n) => `s${n}._domainkey.attacker.example`),
    )
    assert.deepEqual([dmarc, requested], ['fail', 'reject'])
  })

  test('who is slow loses time of their own; what the domain in From asks for is heard all the same', async () => {
    const never = new Promise<never>(() => {})
    const ask = askWithin((name, type) => (name.includes('attacker') ? never : answered(name, type)), 20)
    const slow = ['s1', 's2', 's3'].map((selector) => signature('attacker.example', selector)).join('')
    const { spf, dmarc, requested } = await examine(letter(slow), facts, 'mx.example', ask)
    assert.deepEqual([spf, dmarc, requested], ['temperror', 'fail', 'reject'])
  })

  test('a key of the domain in From that cannot be asked for at the moment is no failure', async () => {
    const ask: Ask = async (name, type) => {
      if (name === 'k._domainkey.mail.bank.example') throw code('ETIMEOUT')
      return answered(name, type)
    }
    const { dmarc } = await examine(letter(signature('mail.bank.example', 'k')), facts, 'mx.example', ask)
    assert.equal(dmarc, 'temperror')
  })
})
