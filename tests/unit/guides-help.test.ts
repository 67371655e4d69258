import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '#lib/guides/bilingual.ts'
import { connectionSettings } from '#lib/guides/connection-settings.ts'
import { helpCodes, parseHelpCode, reasonsWith } from '#lib/guides/help-codes.ts'
import { helpPages } from '#lib/guides/help-pages.ts'
import { sentenceParts } from '#lib/guides/placeholders.ts'
import { languageOf, targetOfShortAddress } from '#lib/guides/short-address.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import { guideCodes, reasons } from '#lib/policy/reasons.ts'

const hosts = { old: 'mx.example.net', pop: 'pop.example.net', smtp: 'smtp.example.net', smtpa: 'smtpa.example.net' }
const ports = {
  smtp: 25,
  submission: 587,
  submissions: 465,
  submissionLegacy: 587,
  pop3: 110,
  pop3s: 995,
  imap: 143,
  imaps: 993,
}
const settings = connectionSettings({ domain: 'example.net', hosts }, ports, defaultPolicy)

test('every code that a refusal can print has a page, and every code of the engine is printed by some refusal', () => {
  for (const { guide } of Object.values(reasons)) {
    if (guide !== null) assert.ok(helpPages[guide], guide)
  }
  for (const code of guideCodes) assert.ok(reasonsWith(code).length > 0, code)
  assert.deepEqual(Object.keys(helpPages).toSorted(), [...helpCodes].toSorted())
})

test('every page says what happened, whether mail was lost and what to do, in both languages', () => {
  for (const code of helpCodes) {
    const { title, happened, lost, next } = helpPages[code]
    assert.ok(next.length >= 2, code)
    for (const text of [title, happened, lost, ...next]) {
      assert.match(text.ja, /[ぁ-ん]/, `${code} ja: ${text.ja}`)
      assert.match(text.en, /^[\x20-\x7e“”’]+$/, `${code} en: ${text.en}`)
      for (const language of languages) {
        const shown = sentenceParts(text[language], settings)
          .map((part) => part.text)
          .join('')
        assert.doesNotMatch(shown, /[{}]/, `${code}: ${shown}`)
      }
    }
  }
})

test('configured values stand in the sentences, host names apart from words', () => {
  const parts = sentenceParts('{smtp} と {pop}、{minutes}分、{nothing}', settings)
  assert.deepEqual(
    parts.filter(({ kind }) => kind === 'host').map(({ text }) => text),
    ['smtp.example.net', 'pop.example.net'],
  )
  assert.equal(parts.map(({ text }) => text).join(''), 'smtp.example.net と pop.example.net、10分、{nothing}')
})

test('codes are understood as people write them', () => {
  assert.equal(parseHelpCode('p2'), 'P2')
  assert.equal(parseHelpCode(' Ｐ２ '), 'P2')
  assert.equal(parseHelpCode('P9'), null)
  assert.equal(parseHelpCode('__proto__'), null)
})

test('short addresses lead to the page, in the language that the browser asks for, and never off this site', () => {
  assert.equal(targetOfShortAddress('P2', 'ja'), '/help/P2')
  assert.equal(targetOfShortAddress('p2', 'en'), '/en/help/P2')
  assert.equal(targetOfShortAddress('Thunderbird', 'ja'), '/guides/thunderbird')
  for (const odd of ['//evil.example', 'constructor', '', '%0d%0aSet-Cookie:x']) {
    assert.equal(targetOfShortAddress(odd, 'ja'), '/help')
  }
  assert.equal(languageOf(null), 'ja')
  assert.equal(languageOf('*'), 'ja')
  assert.equal(languageOf('ja,en-US;q=0.9,en;q=0.8'), 'ja')
  assert.equal(languageOf('en-GB,en;q=0.9,ja;q=0.8'), 'en')
  assert.equal(languageOf('de-DE,de;q=0.9'), 'en')
  assert.equal(languageOf('de,ja;q=0.4'), 'ja')
  assert.equal(languageOf('ja;q=0, en;q=0.1'), 'en')
})
