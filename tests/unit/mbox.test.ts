import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mboxEntry } from '#lib/account-export/mbox.ts'

const internalDate = new Date('2026-11-28T01:02:03Z')
const entry = (content: string, flags = 0, keywords: string[] = []) =>
  mboxEntry({ content: Buffer.from(content), internalDate, flags, keywords }).toString()

/** What a reader of mboxrd makes of it: the message without the "From " line, the state and the quoting. */
function readBack(text: string): string {
  const [, ...lines] = text.split('\n')
  const message = lines.filter((line) => !/^(?:X-)?Status: |^X-Keywords: /.test(line)).join('\n')
  return message.replaceAll(/^>(>*From )/gm, '$1').replace(/\n$/, '')
}

describe('an mbox entry', () => {
  it('begins with a line that tells when the message came', () => {
    assert.match(entry('Subject: x\r\n\r\ny\r\n'), /^From MAILER-DAEMON Sat Nov 28 01:02:03 2026\n/)
  })

  for (const body of [
    'From here on\r\n',
    '>From me\r\n',
    '>>>From afar\r\n',
    'a\r\nFrom b\r\n',
    'no end',
    '',
    '.\r\n\r\n',
  ]) {
    it(`gives back ${JSON.stringify(body)}`, () => {
      const message = `Subject: x\r\n\r\n${body}`
      const back = readBack(entry(message)).replaceAll('\n', '\r\n')
      assert.equal(back, message.endsWith('\r\n') ? message : `${message}\r\n`)
      assert.equal(
        entry(message)
          .split('\n')
          .filter((line) => line.startsWith('From ')).length,
        1,
      )
    })
  }

  it('says what was read, answered, flagged and tagged', () => {
    const text = entry('Subject: x\r\n\r\n', 1 + 2 + 4, ['$Work'])
    assert.match(text, /\nStatus: RO\nX-Status: AF\nX-Keywords: \$Work\n/)
    assert.match(entry('Subject: x\r\n\r\n'), /\nStatus: O\nX-Status: \nSubject/)
  })

  it('keeps bytes that are no text', () => {
    const content = Buffer.from([0x53, 0x3a, 0x20, 0xff, 0xfe, 0x80, 0x0d, 0x0a, 0x0d, 0x0a])
    const bytes = mboxEntry({ content, internalDate, flags: 0, keywords: [] })
    assert.ok(bytes.includes(Buffer.from([0x53, 0x3a, 0x20, 0xff, 0xfe, 0x80, 0x0a])))
  })
})
