import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue } from '#lib/guides/catalogue.ts'
import { closestClients, searchClients } from '#lib/guides/search-clients.ts'
import { searchKey } from '#lib/guides/search-key.ts'

const found = (name: string) => searchClients({ name }).map(({ id }) => id)

test('hiragana, katakana, half-width and Latin letters find the same client', () => {
  for (const name of [
    'サンダーバード',
    'ｻﾝﾀﾞｰﾊﾞｰﾄﾞ',
    'さんだーばーど',
    'sandaabaado',
    'ＴＨＵＮＤＥＲＢＩＲＤ',
    'thunder',
  ]) {
    assert.ok(found(name).includes('thunderbird'), name)
  }
  for (const name of ['シュリケン', 'しゅりけん', 'ｼｭﾘｹﾝ', 'shuriken', 'syuriken', '手裏剣']) {
    assert.ok(found(name).includes('shuriken-2-2'), name)
  }
  for (const name of ['鶴亀メール', '鶴亀メ\u2212ル', 'つるかめ', 'tsurukame', 'turukame']) {
    assert.ok(found(name).includes('turukame-2-05'), name)
  }
  for (const name of ['電信八号', 'でんしんはちごう', 'denshin', 'densin', '電八']) {
    assert.deepEqual(found(name), ['denshin8-32-1-3-1'], name)
  }
  for (const name of ['OE6', 'oe 6', 'アウトルックエクスプレス 6']) {
    assert.ok(found(name).includes('outlook-express-6-0'), name)
  }
  assert.ok(found('ぽすぺ').includes('postpet-2-0-mac'))
  assert.ok(found('iPhone').includes('apple-mail-ios'))
})

test('every client is found by its own names', () => {
  for (const client of catalogue) {
    for (const name of [client.name.ja, client.name.en, ...client.searchNames]) {
      assert.ok(found(name).includes(client.id), `${client.id} by ${name}`)
    }
  }
})

test('all conditions count; nonsense finds nothing', () => {
  assert.deepEqual(found('zzz'), [])
  assert.deepEqual(found('thunderbird outlook'), [])
  const ids = searchClients({ name: 'postpet', platform: 'macintosh' }).map(({ id }) => id)
  assert.deepEqual(ids, ['postpet-2-0-mac', 'postpet-v3-mac'])
  assert.equal(searchClients({ era: 'notice' }).length, 36)
  assert.ok(searchClients({ method: 'smtp-auth' }).every(({ id }) => !id.startsWith('postpet-2-0')))
  assert.equal(searchClients({}).length, 65)
})

test('a misspelt name finds the nearest, and nonsense nothing', () => {
  const close = (name: string) => closestClients({ name }).map(({ id }) => id)
  for (const [name, id] of [
    ['べつきー', 'becky-2-current'],
    ['サンダバド', 'thunderbird'],
    ['thunderbid', 'thunderbird'],
    ['アウトロク', 'outlook-new'],
    ['autlook', 'outlook-new'],
    ['しゅりけーん', 'shuriken-2-2'],
    ['eudra', 'eudora-5-1j'],
  ] as const) {
    assert.ok(close(name).includes(id), `${name}: ${close(name)}`)
  }
  for (const name of ['zzz', 'qqqqqqq', 'thunderbird qqqqq']) assert.deepEqual(close(name), [], name)
})

test('keys are made of letters and digits, and making one twice changes nothing that matters', () => {
  for (const { name } of catalogue) {
    const key = searchKey(name.ja)
    assert.match(key, /^[\p{L}\p{N}]+$/u)
    assert.equal(searchKey(key), key)
  }
})
