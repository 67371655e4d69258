import assert from 'node:assert/strict'
import { test } from 'node:test'
import Encoding from 'encoding-japanese'
import { decodeWords } from '#lib/mime/encoded-words.ts'
import { imapEnvelope } from '#lib/mime/imap-envelope.ts'

const message = (...lines: (string | Buffer)[]) =>
  Buffer.concat([
    ...lines.flatMap((line) => [Buffer.from(line as string), Buffer.from('\r\n')]),
    Buffer.from('\r\nbody\r\n'),
  ])

function encode(text: string, to: 'JIS' | 'SJIS' | 'EUCJP'): Buffer {
  return Buffer.from(Encoding.convert(Encoding.stringToCode(text), { from: 'UNICODE', to }))
}
const raw = (name: string, value: Buffer) => Buffer.concat([Buffer.from(`${name}: `), value])
const subjectOf = (envelope: string) => /^\((?:NIL|"[^"]*") "((?:[^"\\]|\\.)*)"/.exec(envelope)?.[1] ?? ''

test('an envelope has ten members; absent ones are NIL, sender and reply-to default to from', () => {
  const envelope = imapEnvelope(
    message(
      'Date: Tue, 24 Nov 2026 10:00:00 +0900',
      'From: "Yamada, Taro" <taro@infonia.ne.jp>',
      'To: hanako@infonia.ne.jp (Hanako), <jiro@example.org>',
      'Message-ID: <1@infonia.ne.jp>',
      'Subject: say \\"hi\\"',
    ),
  )
  const taro = '(("Yamada, Taro" NIL "taro" "infonia.ne.jp"))'
  const to = '(("Hanako" NIL "hanako" "infonia.ne.jp")(NIL NIL "jiro" "example.org"))'
  assert.equal(
    envelope,
    `("Tue, 24 Nov 2026 10:00:00 +0900" "say \\\\\\"hi\\\\\\"" ${taro} ${taro} ${taro} ${to} NIL NIL NIL "<1@infonia.ne.jp>")`,
  )
})

test('a message without a header gives ten NILs, an empty subject gives the empty string', () => {
  assert.equal(imapEnvelope(Buffer.from('\r\nbody')), '(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)')
  assert.equal(subjectOf(imapEnvelope(message('Date: x', 'Subject:'))), '')
  assert.match(imapEnvelope(message('Subject:')), /^\(NIL "" /)
})

test('groups, routes, quoted local parts, domain literals and bare names', () => {
  const to = (value: string) =>
    /^\(NIL NIL NIL NIL NIL (.*) NIL NIL NIL NIL\)$/.exec(imapEnvelope(message(`To: ${value}`)))?.[1]
  assert.equal(to('undisclosed-recipients:;'), '((NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL))')
  assert.equal(
    to('A Group: Ed <ed@a.example>, joe@b.example;, x@c.example'),
    '((NIL NIL "A Group" NIL)("Ed" NIL "ed" "a.example")(NIL NIL "joe" "b.example")(NIL NIL NIL NIL)(NIL NIL "x" "c.example"))',
  )
  assert.equal(to('<@a.example,@b.example:joe@c.example>'), '((NIL "@a.example,@b.example" "joe" "c.example"))')
  assert.equal(to('"john doe"@[192.0.2.1]'), '((NIL NIL "john doe" "[192.0.2.1]"))')
  assert.equal(to('root'), '((NIL NIL "root" ""))')
  assert.equal(to('Joe Q. Public <j@a.example>'), '(("Joe Q. Public" NIL "j" "a.example"))')
  assert.equal(to(',,;>@'), 'NIL')
})

test('folded headers are joined', () => {
  assert.equal(subjectOf(imapEnvelope(message('Subject: one', '  two', '\tthree'))), 'one  two three')
})

for (const charset of ['JIS', 'SJIS', 'EUCJP'] as const) {
  test(`raw ${charset} in Subject and From becomes encoded-words that any client can read`, () => {
    // "ソ能表" end in 0x5c in Shift_JIS; several of the JIS codes contain quotes, commas and brackets.
    const subject = 'ソ能表のお知らせ、会議（第２回）'
    const from = Buffer.concat([encode('山田　太郎', charset), Buffer.from(' <taro@infonia.ne.jp>')])
    const envelope = imapEnvelope(message('Date: x', raw('Subject', encode(subject, charset)), raw('From', from)))
    assert.match(envelope, /^[\x20-\x7e]+$/)
    assert.equal(decodeWords(subjectOf(envelope)), subject)
    assert.equal(decodeWords(/\(\("([^"]+)" NIL "taro"/.exec(envelope)?.[1] ?? ''), '山田　太郎')
  })
}

test('encoded-words stay as they were sent', () => {
  const word = '=?ISO-2022-JP?B?GyRCJDMkcyRLJEEkTxsoQg==?='
  assert.equal(subjectOf(imapEnvelope(message('Date: x', `Subject: ${word}`))), word)
})

/** A quadratic reader would not come to an end before the runner gives the file up. */
test('a hostile header costs linear time', () => {
  const hostile = [
    `To: ${'('.repeat(1_000_000)}`,
    `To: ${'a@b.c, '.repeat(140_000)}`,
    `From: ${'x'.repeat(5_000_000)}`,
    `Subject: ${'=?utf-8?b?5pel?= '.repeat(60_000)}`,
    `To: ${'<@a,'.repeat(250_000)}`,
    `To: ${'"'.repeat(1_000_000)}`,
    'X\r\n'.repeat(1_000_000),
  ]
  for (const header of hostile) assert.match(imapEnvelope(message(header)), /^\(.*\)$/s)
})
