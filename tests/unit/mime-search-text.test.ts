import assert from 'node:assert/strict'
import { test } from 'node:test'
import Encoding from 'encoding-japanese'
import { decodeCharset, decodeUnlabelled } from '#lib/mime/charset.ts'
import { decodeWords, encodeWords } from '#lib/mime/encoded-words.ts'
import { bodyTexts, foldText, headerValues } from '#lib/mime/search-text.ts'
import { readStructure } from '#lib/mime/structure.ts'
import { decodeQuotedPrintable } from '#lib/mime/transfer-encoding.ts'

const bytes = (text: string, to: 'JIS' | 'SJIS' | 'EUCJP' | 'UTF8') =>
  Buffer.from(Encoding.convert(Encoding.stringToCode(text), { from: 'UNICODE', to }))
const ascii = (text: string) => Buffer.from(text, 'latin1')

test('the charsets of Japanese mail, with the rows that only Windows and NEC had', () => {
  assert.equal(decodeCharset('ISO-2022-JP', bytes('日本語のメール①㈱', 'JIS')), '日本語のメール①㈱')
  assert.equal(decodeCharset('Shift_JIS', bytes('ソ能表①', 'SJIS')), 'ソ能表①')
  assert.equal(decodeCharset('CP932', bytes('ｶﾀｶﾅ', 'SJIS')), 'ｶﾀｶﾅ')
  assert.equal(decodeCharset('euc-jp', bytes('漢字', 'EUCJP')), '漢字')
  assert.equal(decodeCharset('cp51932', bytes('漢字', 'EUCJP')), '漢字')
  assert.equal(decodeCharset('x-unknown', bytes('漢字かな交じり', 'EUCJP')), '漢字かな交じり')
})

test('half-width katakana by escape sequence, by SO/SI and by the eighth bit', () => {
  assert.equal(decodeCharset('iso-2022-jp', ascii('\x1b(I123\x1b(B!')), 'ｱｲｳ!')
  assert.equal(decodeCharset('cp50222', ascii('\x0e123\x0f!')), 'ｱｲｳ!')
  assert.equal(decodeCharset('iso-2022-jp', ascii('a\xb1\xb2\xb3!')), 'aｱｲｳ!')
  assert.equal(decodeCharset('iso-2022-jp', ascii('\x1b$B4A\xb1;z\x1b(I\xb11')), '漢ｱ字ｱｱ')
})

test('a line that forgot to return to ASCII does not garble the next', () => {
  assert.equal(decodeCharset('iso-2022-jp', ascii('\x1b$B4A;z\nplain')), '漢字\nplain')
})

test('unlabelled text is told apart', () => {
  for (const charset of ['JIS', 'SJIS', 'EUCJP', 'UTF8'] as const) {
    assert.equal(decodeUnlabelled(bytes('会議の資料をお送りします', charset)), '会議の資料をお送りします', charset)
  }
  assert.equal(decodeCharset('iso-8859-1', ascii('caf\xe9')), 'café')
  assert.equal(decodeCharset('us-ascii', bytes('漢字', 'UTF8')), '漢字')
})

test('encoded-words: split characters, split escape sequences, suffixes, no white space, broken ones', () => {
  const [first, second] = [bytes('漢字', 'UTF8').subarray(0, 4), bytes('漢字', 'UTF8').subarray(4)]
  assert.equal(
    decodeWords(`=?utf-8?B?${first.toString('base64')}?=\t =?UTF-8?B?${second.toString('base64')}?=`),
    '漢字',
  )
  const jis = bytes('漢字', 'JIS').toString('base64')
  assert.equal(decodeWords(`Re: =?ISO-2022-JP?B?${jis}?= =?ISO-2022-JP?B?${jis}?= end`), 'Re: 漢字漢字 end')
  assert.equal(decodeWords('=?us-ascii*en?Q?Keith_Moore?='), 'Keith Moore')
  assert.equal(decodeWords('a=?utf-8?Q?=E6=BC=A2?=b'), 'a漢b')
  assert.equal(decodeWords('=?utf-8?X?abc?= =?utf-8?Q?open'), '=?utf-8?X?abc?= =?utf-8?Q?open')
  assert.equal(decodeWords(encodeWords('長い題名'.repeat(20))), '長い題名'.repeat(20))
  for (const word of encodeWords('長い題名'.repeat(20)).split(' ')) assert.ok(word.length <= 75)
})

test('quoted-printable: soft breaks, padding, blanks at the end of a line, broken escapes', () => {
  const decoded = (text: string) => decodeQuotedPrintable(ascii(text)).toString()
  assert.equal(decoded('a=3Db=\r\nc= \t\nd=e'), 'a=bcd=e')
  assert.equal(decoded('=E6=bc=A2='), '漢')
  assert.equal(decoded('a \t\r\n b=20 \n\rc \r d '), 'a\r\n b \n\rc \r d')
})

test('search finds words in any charset and encoding, in files of text and in embedded messages', () => {
  const message = Buffer.concat([
    ascii('Subject: =?ISO-2022-JP?B?'),
    Buffer.from(bytes('お知らせ', 'JIS').toString('base64')),
    ascii(
      '?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n',
    ),
    bytes('新しいメールサーバー', 'JIS'),
    ascii('\r\n--b\r\nContent-Type: text/html; charset=shift_jis\r\nContent-Transfer-Encoding: base64\r\n\r\n'),
    Buffer.from(bytes('ｶﾀｶﾅの表', 'SJIS').toString('base64')),
    ascii('\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nＡＢＣ\r\n--b--\r\n'),
  ])
  const root = readStructure(message)
  const found = (needle: string) => [...bodyTexts(message, root)].some((text) => text.includes(foldText(needle)))
  assert.ok(found('メールサーバー'))
  assert.ok(found('カタカナの表'))
  assert.ok(found('INNER'))
  assert.ok(!found('お知らせ'))
  assert.deepEqual(headerValues(message, root, 'subject'), ['お知らせ'])
})
