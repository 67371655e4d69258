/** The pure parts of the move: signs of the old host, waves, and tables for spreadsheets. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { csv } from '#lib/csv/write-csv.ts'
import { oldHostSign } from '#lib/mail/old-host.ts'
import { oldHostPosition, oldHostServiceOf } from '#lib/policy/old-host-rules.ts'

describe('the sign of the old host', () => {
  const former = ['mx.infonia.ne.jp', 'mail.infonia.ne.jp']
  const nothing = { serverName: null, isOldAddress: false, loginName: 'taro' }
  const cases = [
    [{}, null],
    [{ serverName: 'MX.infonia.ne.jp' }, 'serverName'],
    [{ serverName: 'mail.infonia.ne.jp.' }, 'serverName'],
    [{ serverName: 'pop.infonia.ne.jp' }, null],
    [{ isOldAddress: true }, 'address'],
    [{ loginName: 'taro@mx.infonia.ne.jp' }, 'loginName'],
    [{ loginName: 'taro%Mail.infonia.ne.jp' }, 'loginName'],
    [{ loginName: 'taro＠mx.infonia.ne.jp' }, 'loginName'],
    [{ loginName: 'taro@infonia.ne.jp' }, null],
    [{ loginName: 'mx.infonia.ne.jp' }, null],
  ] as const
  for (const [evidence, sign] of cases) {
    test(`${JSON.stringify(evidence)}: ${sign}`, () =>
      assert.equal(oldHostSign({ ...nothing, ...evidence }, former), sign))
  }
})

describe('waves', () => {
  const wave = { from: '2027-01-01T00:00:00Z', domains: [], percent: 100, service: 'refused' as const }
  const at = (text: string) => ({ domain: 'a.test', position: 50, at: new Date(text) })

  test('begin at their moment and not before', () => {
    assert.equal(oldHostServiceOf(at('2026-12-31T23:59:59Z'), { waves: [wave] }), 'all')
    assert.equal(oldHostServiceOf(at('2027-01-01T00:00:00Z'), { waves: [wave] }), 'refused')
  })

  test('concern their domains and their part of the mailboxes', () => {
    const now = at('2027-06-01T00:00:00Z')
    assert.equal(oldHostServiceOf(now, { waves: [{ ...wave, domains: ['b.test'] }] }), 'all')
    assert.equal(oldHostServiceOf({ ...now, domain: '' }, { waves: [{ ...wave, domains: ['a.test'] }] }), 'all')
    assert.equal(oldHostServiceOf(now, { waves: [{ ...wave, percent: 50 }] }), 'all')
    assert.equal(oldHostServiceOf(now, { waves: [{ ...wave, percent: 51 }] }), 'refused')
  })

  test('the last one that has begun counts, in whatever order they are written', () => {
    const back = { ...wave, from: '2027-03-01T00:00:00Z', service: 'all' as const }
    assert.equal(oldHostServiceOf(at('2027-06-01T00:00:00Z'), { waves: [back, wave] }), 'all')
    assert.equal(oldHostServiceOf(at('2027-02-01T00:00:00Z'), { waves: [back, wave] }), 'refused')
  })

  test('positions are spread evenly and stay the same', () => {
    const positions = Array.from({ length: 10_000 }, (_, index) => oldHostPosition(`user${index}@infonia.ne.jp`))
    for (let position = 0; position < 100; position += 1) {
      const share = positions.filter((each) => each === position).length
      assert.ok(share > 50 && share < 150, `${share} of 10,000 at ${position}`)
    }
    assert.equal(oldHostPosition('Taro@infonia.ne.jp'), oldHostPosition('taro@infonia.ne.jp'))
  })
})

describe('a table for spreadsheets', () => {
  const cellOf = (text: string) =>
    csv(['head'], [[text]])
      .split('\r\n')
      .slice(1)
      .join('\r\n')
      .replace(/\r\n$/, '')
  const cases = [
    ['taro', '"taro"'],
    ['a "b", c', '"a ""b"", c"'],
    ['=HYPERLINK("http://evil")', '"\'=HYPERLINK(""http://evil"")"'],
    ['+81', '"\'+81"'],
    ['-1', '"\'-1"'],
    ['@SUM(A1)', '"\'@SUM(A1)"'],
    ['  =1', '"\'  =1"'],
    ['\t=1', '"\'\t=1"'],
    ['＝1', '"\'＝1"'],
    ['\u0000=1', '"\'=1"'],
    ['a\nb', '"a\nb"'],
  ] as const
  for (const [text, cell] of cases) test(JSON.stringify(text), () => assert.equal(cellOf(text), cell))

  test('begins with a byte order mark, and lines end in CR LF', () => {
    assert.equal(csv(['a', 'b'], [['1', '2']]), '\ufeff"a","b"\r\n"1","2"\r\n')
  })
})
