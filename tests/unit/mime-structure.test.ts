import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyStructure } from '#lib/mime/body-structure.ts'
import { findSection, type Section, type SectionText, selectFields } from '#lib/mime/sections.ts'
import { readStructure } from '#lib/mime/structure.ts'

const crlf = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))

const nested = crlf(`From: user@domain.example
Mime-Version: 1.0
Content-Type: multipart/mixed; boundary="outer
 one"

prologue
--outer one
Content-Type: text/plain; charset=iso-2022-jp
Content-Transfer-Encoding: 7bit

hello

--outer one
Content-Type: message/rfc822
Content-Disposition: attachment; filename="a.eml"

From: sub@domain.example
Subject: submsg
Content-Type: multipart/alternative; boundary=sub1

sub prologue
--sub1
Content-Type: text/html

<p>Hello</p>

--sub1
Content-ID: <2@x>

second

--sub1--
sub epilogue

--outer one--
epilogue
`)

function section(message: Buffer, spec: string): string | null {
  const parsed: Section = {
    path: (/^[0-9.]*/.exec(spec)?.[0] ?? '').split('.').filter(Boolean).map(Number),
    text: (/[A-Z.]+$/.exec(spec)?.[0].replace(/^\./, '') || null) as SectionText | null,
    fields: [],
  }
  const range = findSection(readStructure(message), parsed)
  return range && message.toString('latin1', range.start, range.end).replaceAll('\r\n', '\n')
}

test('every section of a nested message is found at its offsets', () => {
  const at = (spec: string) => section(nested, spec)
  const submessage = nested
    .toString('latin1')
    .replaceAll('\r\n', '\n')
    .split('filename="a.eml"\n\n')[1]
    ?.split('\n--outer one--')[0]
  assert.equal(at(''), nested.toString('latin1').replaceAll('\r\n', '\n'))
  assert.match(at('HEADER') ?? '', /^From: user@.*one"\n\n$/s)
  assert.match(at('TEXT') ?? '', /^prologue\n.*\nepilogue\n$/s)
  assert.equal(at('1'), 'hello\n')
  assert.match(at('1.MIME') ?? '', /^Content-Type: text\/plain.*7bit\n\n$/s)
  assert.equal(at('2'), submessage)
  assert.match(at('2.HEADER') ?? '', /^From: sub.*sub1\n\n$/s)
  assert.match(at('2.TEXT') ?? '', /^sub prologue\n.*sub epilogue\n$/s)
  assert.equal(at('2.1'), '<p>Hello</p>\n')
  assert.equal(at('2.1.MIME'), 'Content-Type: text/html\n\n')
  assert.equal(at('2.2'), 'second\n')
  assert.equal(at('1.1'), null)
  assert.equal(at('3'), null)
  assert.equal(at('1.HEADER'), null)
  assert.equal(at('2.1.1'), null)
})

test('BODYSTRUCTURE of a nested message', () => {
  const envelope =
    '(NIL "submsg" ((NIL NIL "sub" "domain.example")) ((NIL NIL "sub" "domain.example")) ((NIL NIL "sub" "domain.example")) NIL NIL NIL NIL NIL)'
  const html = '("text" "html" ("charset" "us-ascii") NIL NIL "7bit" 14 1 NIL NIL NIL NIL)'
  const second = '("text" "plain" ("charset" "us-ascii") "<2@x>" NIL "7bit" 8 1 NIL NIL NIL NIL)'
  const alternative = `(${html}${second} "alternative" ("boundary" "sub1") NIL NIL NIL)`
  const text = '("text" "plain" ("charset" "iso-2022-jp") NIL NIL "7bit" 7 1 NIL NIL NIL NIL)'
  const size = (section(nested, '2') ?? '').replaceAll('\n', '\r\n').length
  const rfc822 = `("message" "rfc822" NIL NIL NIL "7bit" ${size} ${envelope} ${alternative} 17 NIL ("attachment" ("filename" "a.eml")) NIL NIL)`
  assert.equal(
    bodyStructure(readStructure(nested), true),
    `(${text}${rfc822} "mixed" ("boundary" "outer one") NIL NIL NIL)`,
  )
})

test('a message that is one part is its own part 1', () => {
  const message = crlf('Subject: x\n\nhello\nworld')
  assert.equal(section(message, '1'), 'hello\nworld')
  assert.equal(section(message, '2'), null)
  assert.equal(
    bodyStructure(readStructure(message), false),
    '("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 12 2)',
  )
})

test('a message that is itself a message/rfc822', () => {
  const message = crlf(
    'Content-Type: message/rfc822\n\nSubject: in\nContent-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: one\n\nbody\n--b--\n',
  )
  assert.match(section(message, '1') ?? '', /^Subject: in/)
  assert.equal(section(message, '1.1'), 'Subject: one\n\nbody')
  assert.equal(section(message, '1.1.HEADER'), 'Subject: one\n\n')
  assert.equal(section(message, '1.1.MIME'), '\n')
  assert.equal(section(message, '1.1.1'), 'body')
})

test('boundaries: prefixes of one another, padding, missing ends, none at all', () => {
  const type = (boundary: string) => `Content-Type: multipart/mixed; boundary="${boundary}"\n\n`
  const inner = crlf(`${type('a')}--a\n${type('ab')}--ab \n\none\n--ab--\n--a\n\ntwo\n--a--\n`)
  assert.equal(section(inner, '1.1'), 'one')
  assert.equal(section(inner, '2'), 'two')
  const open = crlf(`${type('a')}--a\n\none\n--a\n\ntwo`)
  assert.equal(section(open, '2'), 'two')
  const none = readStructure(crlf(`${type('a')}nothing here\n`))
  assert.equal(bodyStructure(none, false), '(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0) "mixed")')
  const headerOnly = crlf(`${type('a')}--a\nContent-Type: text/html\n--a\n\ntwo\n--a--\n`)
  assert.equal(section(headerOnly, '1'), '')
  assert.equal(section(headerOnly, '2'), 'two')
})

test('a file name in raw Shift_JIS reaches the client as encoded-words', () => {
  const name = Buffer.from([0x95, 0x5c, 0x2e, 0x78, 0x6c, 0x73]) // 表.xls: the second byte is a backslash
  const message = Buffer.concat([
    Buffer.from('Content-Type: application/vnd.ms-excel; name="'),
    name,
    Buffer.from('"\r\n\r\nx'),
  ])
  const base64 = Buffer.from('表.xls').toString('base64')
  assert.match(bodyStructure(readStructure(message), false), new RegExp(`\\("name" "=\\?UTF-8\\?B\\?${base64}\\?="\\)`))
})

test('header fields are selected and excluded, always with the empty line', () => {
  const header = crlf('From: a\nSubject: one\n two\nX: y\n\n')
  assert.equal(selectFields(header, ['subject', 'x'], false).toString(), 'Subject: one\r\n two\r\nX: y\r\n\r\n')
  assert.equal(selectFields(header, ['subject'], true).toString(), 'From: a\r\nX: y\r\n\r\n')
  assert.equal(selectFields(header, ['z'], false).toString(), '\r\n')
})

const bombs: Record<string, (n: number) => Buffer> = {
  'nested multiparts': (n) =>
    crlf(Array.from({ length: n }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`).join('')),
  'nested messages': (n) => crlf('Content-Type: message/rfc822\n\n'.repeat(n)),
  'many parts': (n) => crlf(`Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(n)}`),
  'one long boundary': (n) =>
    crlf(`Content-Type: multipart/mixed; boundary=${'b'.repeat(n * 10)}\n\n--${'b'.repeat(n * 10)}\n`),
  'lines like boundaries': (n) =>
    crlf(`Content-Type: multipart/mixed; boundary=b\n\n--b\n\n${'--\n'.repeat(n)}${'--c\n'.repeat(n)}`),
  parameters: (n) => crlf(`Content-Type: text/plain; ${'a*0*=x; '.repeat(n)}\n\n`),
  comments: (n) => crlf(`Content-Type: text/plain; ${'('.repeat(n)}\n\n`),
  'header lines': (n) => crlf(`${'X: y\n'.repeat(n)}\n`),
}

for (const [name, make] of Object.entries(bombs)) {
  // A quadratic reader would not come to an end before the runner gives the file up.
  test(`a bomb of ${name} costs linear time and gives a structure`, () => {
    assert.ok(bodyStructure(readStructure(make(300_000)), true).startsWith('('))
  })
}
