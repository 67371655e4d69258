import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalPhoneNumber } from '#lib/mail/phone-number.ts'
import { generateKanaCode, letters, readKanaCode, spokenGroups } from '#lib/set-up-code/kana-code.ts'

test('a code has more than 40 bits, in three groups of three', () => {
  assert.equal(new Set(letters.map(({ kana }) => kana)).size, 32)
  assert.ok(9 * Math.log2(letters.length) >= 40)
  assert.deepEqual(
    spokenGroups(generateKanaCode()).map((group) => group.length),
    [3, 3, 3],
  )
})

test('every way to write a code down is the same code', () => {
  for (const written of ['あかさ しつふ らりる', 'アカサ・シツフ・ラリル', 'ｱｶｻ ｼﾂﾌ ﾗﾘﾙ']) {
    assert.equal(readKanaCode(written), 'あかさしつふらりる')
  }
  const code = generateKanaCode()
  const romaji = spokenGroups(code)
    .map((group) => group.map((letter) => letter.romaji).join(''))
    .join('-')
  assert.equal(readKanaCode(romaji), code)
  assert.equal(readKanaCode(romaji.toUpperCase()), code)
})

test('a telephone number has one form', () => {
  for (const written of ['03-1234-5678', '０３（１２３４）５６７８', '+81 3 1234 5678']) {
    assert.equal(canonicalPhoneNumber(written), '+81312345678')
  }
  for (const written of ['', '1234', 'taro@infonia.ne.jp', '+0']) assert.equal(canonicalPhoneNumber(written), null)
})
