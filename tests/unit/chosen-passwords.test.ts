/** Passwords that people choose for the portal: which are refused, and for what they are told. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { ownWords, siteWords } from '#lib/chosen-passwords/context-words.ts'
import { type PasswordWeakness, passwordWeakness } from '#lib/chosen-passwords/password-weakness.ts'
import { readSiteEnv } from '#lib/env/site.ts'
import { portalPassword } from '#tests/support/password.ts'

const words = {
  site: siteWords(readSiteEnv({ SITE_NAME_EN: 'Infonia', HOSTED_DOMAINS: 'kumonet.example' })),
  own: ownWords({
    login: 'taro.yamada@infonia.ne.jp',
    displayName: '山田太郎',
    contractNumber: 'ABC-000123',
    name: '山田 太郎',
    nameKana: 'ヤマダ タロウ',
    phone: '+81312345678',
    addresses: ['taro.yamada@infonia.ne.jp', 'kawasemi77@infonia.ne.jp'],
  }),
}

const refused: readonly (readonly [password: string, weakness: PasswordWeakness])[] = [
  ['password1234', 'common'],
  ['P@ssw0rd2025', 'common'],
  ['iloveyou1234', 'common'],
  ['1qaz2wsx3edc', 'common'],
  ['ｐａｓｓｗｏｒｄ１２３４', 'common'],
  ['taro.yamada@infonia.ne.jp', 'own'],
  ['yamada-taro1', 'own'],
  ['kawasemi77kawa', 'own'],
  ['ABC-000123-xy', 'own'],
  ['abc000123abc000123', 'own'],
  ['03-1234-5678', 'own'],
  ['0312345678xy', 'own'],
  ['山田太郎山田太郎さん', 'own'],
  ['やまだたろう', 'own'],
  ['infonia.ne.jp26', 'site'],
  ['INFONIA-portal', 'site'],
  ['pop.infonia.ne', 'site'],
  ['kumonet.example', 'site'],
  ['インフォニアメール', 'site'],
  ['passwordpassword', 'pattern'],
  ['aaaaaaaaaaaaaaaa', 'pattern'],
  ['abcdefghijkl', 'pattern'],
  ['あいうえおかきくけこさし', 'pattern'],
  ['さくらさくらさくら', 'pattern'],
  ['2026/11/28-20', 'date'],
  ['kumamotokuma', 'word'],
]

const taken = [
  portalPassword,
  'kuroneko yamato takkyubin',
  'みどりのかえるとあおいそら',
  '雨の日は 白い長靴で 出かけます',
  'k7mf-2hxq-9abc',
  'my password is not infonia',
  'tako8 ashi de aruku',
  '🦊 kitsune udon 🍜 daisuki',
]

describe('a chosen password', () => {
  for (const [password, weakness] of refused) {
    test(`“${password}” is refused: ${weakness}`, async () => {
      assert.equal(await passwordWeakness(password, words), weakness)
    })
  }
  for (const password of taken) {
    test(`“${password}” is taken`, async () => {
      assert.equal(await passwordWeakness(password, words), null)
    })
  }

  test('may hold what is a word of somebody else only', async () => {
    assert.equal(await passwordWeakness('kawasemi77-zou', { ...words, own: [] }), null)
    assert.notEqual(await passwordWeakness('kawasemi77-zou', words), null)
  })

  test('that is among the 3,000 that most people use and long enough is refused, each', async () => {
    const { dictionary } = await import('@zxcvbn-ts/language-common')
    const known = dictionary['passwords-common'].filter((password) => String(password).length >= 12).map(String)
    assert.ok(known.length >= 300, `${known.length}`)
    for (const password of known) assert.notEqual(await passwordWeakness(password, words), null, password)
  })

  test('made to take long to judge is judged by its first 64 characters', async () => {
    const tail = 'x9'.repeat(68)
    assert.equal(await passwordWeakness(`${'a'.repeat(64)}${tail}`, words), 'pattern')
  })
})

describe('the documented words', () => {
  test('docs/security.md names every kind of them', () => {
    const text = readFileSync('docs/security.md', 'utf8')
    for (const kind of ['domains', 'host names', 'company', 'contract number', 'telephone', 'aliases', 'webmail']) {
      assert.ok(text.includes(kind), kind)
    }
  })
})
