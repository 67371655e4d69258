import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DotReader } from '#lib/engine/runtime/dot-reader.ts'
import { TextBudget } from '#lib/engine/runtime/text-budget.ts'
import { hasBareLineBreak, smuggledEnds } from '#tests/support/smuggled-ends.ts'

function read(text: string, cut: number, maxBytes = 1_000_000) {
  const reader = new DotReader(maxBytes)
  const bytes = Buffer.from(text, 'latin1')
  for (let at = 0; at < bytes.length; at += cut) {
    const chunk = bytes.subarray(at, at + cut)
    const taken = reader.take(chunk)
    if (taken >= 0) return { end: at + taken, ...reader.finish() }
  }
  return { end: -1, ...reader.finish() }
}

const wholeAndSplit = [1, 2, 3, 5, 7, 100_000]

describe('DotReader', () => {
  for (const cut of wholeAndSplit) {
    it(`ends at CRLF.CRLF and takes the stuffing out, in pieces of ${cut}`, () => {
      const result = read('Subject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n', cut)
      assert.equal(result.bytes.toString('latin1'), 'Subject: x\r\n\r\n.dot\r\n')
      assert.equal(result.end, 'Subject: x\r\n\r\n..dot\r\n.\r\n'.length)
      assert.equal(result.bareLineBreak, false)
    })
    it(`takes an empty text, in pieces of ${cut}`, () => {
      const result = read('.\r\n', cut)
      assert.equal(result.end, 3)
      assert.equal(result.bytes.length, 0)
    })
    it(`measures lines and eight-bit bytes, in pieces of ${cut}`, () => {
      const result = read(`${'a'.repeat(1_200)}\r\nb\xe3\0\r\n.\r\n`, cut)
      assert.equal(result.longestLineBytes, 1_200)
      assert.equal(result.eightBit, true)
      assert.equal(result.hasNul, true)
    })
    it(`keeps memory bounded when the text is too large, in pieces of ${cut}`, () => {
      const result = read(`${'a\r\n'.repeat(1_000)}.\r\n`, cut, 100)
      assert.equal(result.tooLarge, true)
      assert.ok(result.bytes.length <= 100)
      assert.ok(result.end > 0)
    })
  }

  for (const fake of smuggledEnds) {
    for (const cut of wholeAndSplit) {
      it(`does not end at ${JSON.stringify(fake)}, in pieces of ${cut}`, () => {
        const text = `a${fake}MAIL FROM:<admin@infonia.ne.jp>\r\n.\r\n`
        const result = read(text, cut)
        assert.equal(result.end, text.length)
        assert.match(result.bytes.toString('latin1'), /MAIL FROM/)
        assert.equal(result.bareLineBreak, hasBareLineBreak(fake))
      })
    }
  }
})

describe('texts that come in at the same time', () => {
  it('share one budget: what does not fit is dropped, and what is released makes room again', () => {
    const budget = new TextBudget(30)
    const read = (text: string) => {
      const reader = new DotReader(1_000, budget)
      reader.take(Buffer.from(text))
      return reader.finish()
    }
    const first = read('twenty bytes, as is\r\n.\r\n')
    const second = read('twenty bytes, as is\r\n.\r\n')
    assert.deepEqual([first.noRoom, second.noRoom, second.bytes.length], [false, true, 0])
    first.release()
    first.release()
    assert.equal(read('twenty bytes, as is\r\n.\r\n').noRoom, false)
    assert.equal(read('twenty bytes, as is\r\n.\r\n').noRoom, true)
  })

  it('make way where they are slow, the costliest first, and never for a text that is looked at', () => {
    let nowMs = 0
    const budget = new TextBudget(30, () => nowMs)
    const begin = (text: string) => {
      const reader = new DotReader(1_000, budget)
      reader.take(Buffer.from(text))
      return reader
    }
    const judged = begin('10 bytes\r\n')
    judged.finish()
    const [large, small] = [begin('12 bytes..\r\n'), begin('8 byte\r\n')]
    assert.equal(begin('too early\r\n').finish().noRoom, true)
    nowMs = 60_001
    assert.equal(begin('10 bytes\r\n').finish().noRoom, false)
    assert.deepEqual([large.finish().noRoom, small.finish().noRoom], [true, false])
    assert.equal(begin('10 bytes\r\n').finish().noRoom, true)
  })
})
