import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { imapLine, maskAddresses, pop3Line, printable, smtpLine } from '#lib/engine/events/redact.ts'

const own = ['taro@infonia.ne.jp']

describe('a line that is kept', () => {
  it('has no control byte and an end', () => {
    assert.equal(printable('a\r\nb\0\x1b[2J\u2028'), 'a\\x0d\\x0ab\\x00\\x1b[2J\\x2028')
    assert.equal(printable('x'.repeat(500)).length, 200)
    assert.equal(printable('\0'.repeat(500)).length, 200)
    assert.equal(printable('半角ｶﾅ'), '半角ｶﾅ')
  })
  it('can be stored as text, surrogates and all', () => {
    assert.ok(printable('\ud800').isWellFormed())
  })
})

const cases: [string, (line: string) => string, [string, string][]][] = [
  [
    'SMTP',
    (line) => smtpLine(line, own),
    [
      ['EHLO pc.example', 'EHLO pc.example'],
      ['auth plain AHRhcm8Ac2VjcmV0', 'AUTH PLAIN (not shown)'],
      ['AUTH LOGIN', 'AUTH LOGIN'],
      ['AUTH c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0', 'AUTH (not shown)'],
      ['MAIL FROM:<taro@infonia.ne.jp> SIZE=12', 'MAIL FROM:<taro@infonia.ne.jp> SIZE=12'],
      ['MAIL FROM:<> BODY=8BITMIME', 'MAIL FROM:<> BODY=8BITMIME'],
      [
        'RCPT TO:<hanako@example.jp> NOTIFY=NEVER ORCPT=rfc822;hanako@example.jp',
        'RCPT TO:<…@example.jp> NOTIFY=NEVER ORCPT=…',
      ],
      ['RCPT TO: <"hana ko"@example.jp>', 'RCPT TO:<…@example.jp>'],
      ['rcpt to:<@a.example,@b.example:hanako@c.example>', 'RCPT TO:<@a.example,@b.example:…@c.example>'],
      ['RCPT TO:hanako', 'RCPT TO:(not shown)'],
      ['VRFY hanako', 'VRFY (not shown)'],
      ['NOOP secretword', 'NOOP …'],
      ['BDAT 86 LAST', 'BDAT …'],
      ['Subject: the merger', '(not a command, 19 characters)'],
      ['c2VjcmV0', '(not a command, 8 characters)'],
    ],
  ],
  [
    'POP3',
    pop3Line,
    [
      ['user taro', 'USER taro'],
      ['USER taro-x7km', 'USER taro-x7km'],
      ['USER taro.yamada-x7km%infonia.ne.jp', 'USER taro.yamada-x7km%infonia.ne.jp'],
      ['USER k7mf-2hxq-9rpd-mz4t-w8cb-j3vn-e6sy', 'USER (not shown)'],
      ['USER taro secret', 'USER (not shown)'],
      ['STAT secretword', 'STAT …'],
      ['TOP 1 0', 'TOP 1 0'],
      ['PASS four words of secret', 'PASS (not shown)'],
      ['APOP taro c4c9334bac560ecc979e58001b3e22fb', 'APOP (not shown)'],
      ['AUTH PLAIN AHRhcm8Ac2VjcmV0', 'AUTH PLAIN (not shown)'],
      ['AHRhcm8Ac2VjcmV0', '(not a command, 16 characters)'],
      ['RETR 1', 'RETR 1'],
    ],
  ],
  [
    'IMAP',
    imapLine,
    [
      ['a LOGIN taro secret', 'a LOGIN (not shown)'],
      ['a LOGIN "taro" {6+}', 'a LOGIN (not shown)'],
      ['a AUTHENTICATE PLAIN AHRhcm8Ac2VjcmV0', 'a AUTHENTICATE PLAIN (not shown)'],
      ['a select "inbox"', 'a SELECT "INBOX" …'],
      ['a SELECT "divorce papers"', 'a SELECT …'],
      ['a uid search subject merger', 'a UID SEARCH …'],
      ['a UID FETCH 1:* (UID FLAGS)', 'a UID FETCH 1:* (UID FLAGS)'],
      ['a APPEND Sent (\\Seen) {310}', 'a APPEND …'],
      ['done', 'DONE'],
      ['correcthorsebattery noop', '… NOOP'],
      [
        'a ID ("name" "Thunderbird" "password" "secret" "version" "128")',
        'a ID ("name" "Thunderbird" "version" "128")',
      ],
      ['a ID NIL', 'a ID ()'],
      ['AHRhcm8Ac2VjcmV0', '(not a command, 16 characters)'],
      ['a secretword', '(not a command, 12 characters)'],
    ],
  ],
]

for (const [protocol, redact, lines] of cases) {
  describe(`${protocol} lines`, () => {
    for (const [line, kept] of lines) it(line, () => assert.equal(redact(line), kept))
  })
}

describe('addresses', () => {
  it('keep their domain only, unless they are the owner’s', () => {
    const text = 'from Taro@Infonia.ne.jp to a.b+c@x.example, <d@y.example>'
    assert.equal(maskAddresses(text, own), 'from Taro@Infonia.ne.jp to …@x.example, <…@y.example>')
  })
})
