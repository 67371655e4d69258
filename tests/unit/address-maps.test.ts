/** Tables of addresses of old systems: what is read of each line, and what it means here. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgeLines, type Meaning } from '#lib/address-maps/judge-lines.ts'
import type { MapFormat, MapLine } from '#lib/address-maps/map-line.ts'
import { readMap } from '#lib/address-maps/read-map.ts'

const domain = 'infonia.test'

const entry = (line: number, address: string, ...targets: string[]): MapLine => ({
  kind: 'entry',
  line,
  address,
  targets,
})

const read: readonly [string, MapFormat, string, readonly MapLine[]][] = [
  [
    'comments, empty lines and lines that go on',
    'postfix-virtual',
    '# head\n\nsales@infonia.test  taro@infonia.test,\n  # between\n\tjiro@infonia.test\n  \nInfo@Infonia.Test taro\n',
    [
      entry(3, 'sales@infonia.test', 'taro@infonia.test', 'jiro@infonia.test'),
      entry(7, 'info@infonia.test', 'taro@infonia.test'),
    ],
  ],
  [
    'Windows lines, a byte order mark and a target named twice',
    'postfix-virtual',
    '\ufeffa@infonia.test\ttaro taro@infonia.test\r\n',
    [entry(1, 'a@infonia.test', 'taro@infonia.test')],
  ],
  [
    'a name in quotation marks',
    'postfix-virtual',
    '"taro yamada"@infonia.test <taro@infonia.test>',
    [entry(1, '"taro yamada"@infonia.test', 'taro@infonia.test')],
  ],
  [
    'aliases(5) with and without quotation marks',
    'postfix-aliases',
    'postmaster: root\n"root":   \\taro, Taro@Elsewhere.Example\n',
    [
      entry(1, 'postmaster@infonia.test', 'root@infonia.test'),
      entry(2, 'root@infonia.test', 'taro@infonia.test', 'Taro@elsewhere.example'),
    ],
  ],
  [
    'CSV with a head, several targets in one field and in several',
    'csv',
    'alias,target\r\nsales,"taro, jiro"\r\ninfo@infonia.test,taro,jiro\r\n',
    [
      entry(2, 'sales@infonia.test', 'taro@infonia.test', 'jiro@infonia.test'),
      entry(3, 'info@infonia.test', 'taro@infonia.test', 'jiro@infonia.test'),
    ],
  ],
]

const faulty: readonly [MapFormat, string, string][] = [
  ['postfix-virtual', 'sales@infonia.test', 'unreadable'],
  ['postfix-virtual', 'sales@infonia.test ,', 'unreadable'],
  ['postfix-virtual', 'sales@infonia.test Taro <taro@infonia.test>', 'unreadable'],
  ['postfix-virtual', 'sales@infonia.test taro@@infonia.test', 'notAnAddress'],
  ['postfix-virtual', 'sales@infonia.test "taro', 'notAnAddress'],
  ['postfix-virtual', 'sales@infonia.test taro@infonia.test (Taro)', 'notAnAddress'],
  ['postfix-virtual', '@infonia.test taro', 'catchAll'],
  ['postfix-virtual', 'sales@infonia.test @elsewhere.example', 'catchAll'],
  ['postfix-virtual', '/^sales.*@infonia\\.test$/ taro', 'pattern'],
  ['postfix-virtual', '!/^sales/ taro', 'pattern'],
  ['postfix-virtual', 'if /infonia/', 'pattern'],
  ['postfix-virtual', 'endif', 'pattern'],
  ['postfix-aliases', 'sales taro', 'unreadable'],
  ['postfix-aliases', 'sales:', 'unreadable'],
  ['postfix-aliases', 'sales: "|/usr/bin/procmail -a, b"', 'program'],
  ['postfix-aliases', 'sales: taro, |/usr/bin/vacation', 'program'],
  ['postfix-aliases', 'sales: /dev/null', 'file'],
  ['postfix-aliases', 'sales: :include:/etc/mail/sales', 'include'],
  ['postfix-aliases', 'sales: ":Include:/etc/mail/sales"', 'include'],
  ['csv', 'sales', 'unreadable'],
  ['csv', ',taro', 'unreadable'],
]

describe('a table of an old system', () => {
  for (const [name, format, text, lines] of read) {
    it(`is read: ${name}`, () => assert.deepEqual(readMap(text, format, domain), lines))
  }
  for (const [format, text, fault] of faulty) {
    it(`has a line that is refused: ${format}: ${text}`, () => {
      const [line, ...others] = readMap(text, format, domain)
      assert.deepEqual(others, [])
      assert.equal(line?.kind === 'faulty' ? line.fault : line?.kind, fault)
    })
  }
  it('says an address once', () => {
    const lines = readMap('sales: taro\nSales: jiro\n', 'postfix-aliases', domain)
    assert.deepEqual(lines[1], { kind: 'faulty', line: 2, text: 'Sales', fault: 'repeated' })
  })
})

const known = {
  hostedDomains: [domain, 'second.test'],
  mailboxes: new Map([
    ['taro@infonia.test', 1],
    ['jiro@infonia.test', 2],
  ]),
  aliases: new Map([['old@infonia.test', 1]]),
}
const far = 'phone@elsewhere.example'
const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `${name}@elsewhere.example`).join(', ')
const refused = (fault: Extract<Meaning, { kind: 'refused' }>['fault']): Meaning => ({ kind: 'refused', fault })
const forward = (keepsCopy: boolean, ...targets: string[]): Meaning => ({
  kind: 'forward',
  mailboxId: 1,
  targets,
  keepsCopy,
})

const meanings: readonly [string, Meaning][] = [
  ['sales taro', { kind: 'alias', mailboxId: 1 }],
  ['sales@second.test taro, Taro@INFONIA.test', { kind: 'alias', mailboxId: 1 }],
  ['sales old', { kind: 'alias', mailboxId: 1 }],
  ['postmaster root\nroot taro', { kind: 'alias', mailboxId: 1 }],
  ['old taro', { kind: 'nothing' }],
  ['taro taro', { kind: 'nothing' }],
  ['taro old', { kind: 'nothing' }],
  ['second.test anything', { kind: 'nothing' }],
  [`taro ${far}`, forward(false, far)],
  [`taro taro, ${far}`, forward(true, far)],
  ['taro jiro@infonia.test', forward(false, 'jiro@infonia.test')],
  [`taro ${many}`, refused('tooManyTargets')],
  [`taro ${far}, nobody`, refused('unknownTarget')],
  ['old jiro', refused('takenAlias')],
  ['sales nobody', refused('unknownTarget')],
  ['sales taro, jiro', refused('severalOwners')],
  [`sales taro, ${far}`, refused('noMailbox')],
  [`sales ${far}`, refused('noMailbox')],
  ['sales staff\nstaff taro, jiro', refused('unknownTarget')],
  ['one two\ntwo one', refused('unknownTarget')],
  ['sales@elsewhere.example taro', refused('foreignDomain')],
  ['/x/ taro', refused('pattern')],
]

describe('a line means here', () => {
  for (const [text, meaning] of meanings) {
    it(`${text.replace('\n', '; ')}: ${meaning.kind === 'refused' ? meaning.fault : meaning.kind}`, () => {
      const [judged] = judgeLines(readMap(text, 'postfix-virtual', domain), known)
      assert.deepEqual(judged?.meaning, meaning)
    })
  }
})
