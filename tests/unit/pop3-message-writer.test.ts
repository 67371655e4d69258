import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MessageWriter } from '#lib/engine/pop3/wire/message-writer.ts'

function written(message: string, maxBodyLines?: number, sliceLength = message.length): string {
  const writer = new MessageWriter(maxBodyLines)
  const bytes = Buffer.from(message, 'latin1')
  const out: Buffer[] = []
  for (let at = 0; at < bytes.length; at += Math.max(sliceLength, 1)) {
    out.push(Buffer.from(writer.write(bytes.subarray(at, at + sliceLength))))
  }
  return Buffer.concat([...out, writer.end()]).toString('latin1')
}

const cases: [string, string, string][] = [
  ['an ordinary message', 'A: b\r\n\r\nhello\r\n', 'A: b\r\n\r\nhello\r\n.\r\n'],
  ['dots at line starts', 'A: b\r\n\r\n.\r\n..\r\na.b\r\n', 'A: b\r\n\r\n..\r\n...\r\na.b\r\n.\r\n'],
  ['a header only', 'A: b\r\n', 'A: b\r\n\r\n.\r\n'],
  ['a header without an end', 'A: b', 'A: b\r\n\r\n.\r\n'],
  ['nothing at all', '', '\r\n.\r\n'],
  ['an empty body', 'A: b\r\n\r\n', 'A: b\r\n\r\n.\r\n'],
  ['a last line without an end', 'A: b\r\n\r\nhello', 'A: b\r\n\r\nhello\r\n.\r\n'],
  ['a last line that ends with CR', 'A: b\r\n\r\nhello\r', 'A: b\r\n\r\nhello\r\n.\r\n'],
  ['a header that ends with CR', 'A: b\r\n\r', 'A: b\r\n\r\n.\r\n'],
  ['bare LF', 'A: b\n\nhello\n.\nQUIT\n', 'A: b\r\n\r\nhello\r\n..\r\nQUIT\r\n.\r\n'],
  ['bare CR', 'A: b\r\n\r\nhello\r.\rQUIT\r\n', 'A: b\r\n\r\nhello\r\n..\r\nQUIT\r\n.\r\n'],
  ['CR CR LF', 'A: b\r\n\r\nx\r\r\n.\r\r\n', 'A: b\r\n\r\nx\r\n\r\n..\r\n\r\n.\r\n'],
  ['NUL', 'A: b\r\n\r\n\0x\0\0y\0\r\n', 'A: b\r\n\r\n\x80x\x80\x80y\x80\r\n.\r\n'],
  ['NUL around dots', 'A: b\r\n\r\n.\0\r\n\0.\r\n', 'A: b\r\n\r\n..\x80\r\n\x80.\r\n.\r\n'],
  ['bytes above 127', 'A: \xa4\r\n\r\n\x1b$B.\xff\r\n', 'A: \xa4\r\n\r\n\x1b$B.\xff\r\n.\r\n'],
]

describe('a message on its way to a POP3 client', () => {
  for (const [name, message, expected] of cases) {
    it(`${name}, in one slice and in slices of any length`, () => {
      for (let length = 1; length <= Math.max(message.length, 1); length += 1) {
        assert.equal(written(message, undefined, length), expected, `slices of ${length}`)
      }
    })
  }
  it('is passed on without a copy when nothing has to be changed', () => {
    const slice = Buffer.from('A: b\r\n\r\nhello\r\n')
    assert.equal(new MessageWriter().write(slice), slice)
  })
  it('never shows an end of the answer before the end', () => {
    const alphabet = ['\r', '\n', '.', '\0', 'x', '\r\n']
    for (let seed = 0; seed < 20_000; seed += 1) {
      let value = seed * 2_654_435_761
      let message = ''
      for (let length = 0; length < 10; length += 1) {
        message += alphabet[value % alphabet.length]
        value = Math.floor(value / alphabet.length)
      }
      const text = written(message, undefined, (seed % 4) + 1)
      assert.equal(text.indexOf('\r\n.\r\n') + 5, text.length, JSON.stringify(message))
      assert.doesNotMatch(text, /(?<!\r)\n|\r(?!\n)|\0/)
      assert.doesNotMatch(text, /^\.\r\n./s)
    }
  })
})

describe('TOP', () => {
  const message = 'A: b\r\nC: d\r\n\r\n1\r\n.2\r\n3'
  const header = 'A: b\r\nC: d\r\n\r\n'
  const tops: [number, string][] = [
    [0, `${header}.\r\n`],
    [1, `${header}1\r\n.\r\n`],
    [2, `${header}1\r\n..2\r\n.\r\n`],
    [3, `${header}1\r\n..2\r\n3\r\n.\r\n`],
    [4, `${header}1\r\n..2\r\n3\r\n.\r\n`],
    [2_147_483_648, `${header}1\r\n..2\r\n3\r\n.\r\n`],
  ]
  for (const [lines, expected] of tops) {
    it(`sends the header and ${lines} lines`, () => {
      for (let length = 1; length <= message.length; length += 1) {
        assert.equal(written(message, lines, length), expected, `slices of ${length}`)
      }
    })
  }
  it('counts lines that end with CR or LF alone', () => {
    for (let length = 1; length <= 14; length += 1) {
      assert.equal(written('A: b\n\n1\r2\n3\n', 2, length), 'A: b\r\n\r\n1\r\n2\r\n.\r\n', `slices of ${length}`)
    }
  })
})
