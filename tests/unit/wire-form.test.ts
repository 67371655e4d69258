import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toWireForm } from '#lib/engine/delivery/relay/wire-form.ts'
import { hasBareLineBreak, smuggledEnds } from '#tests/support/smuggled-ends.ts'

const wire = (text: string) => toWireForm(Buffer.from(text, 'latin1')).toString('latin1')

test('dots at the start of a line are doubled, everything else passes untouched', () => {
  assert.equal(wire('a\r\n.b\r\n..\r\nc.d\r\n'), 'a\r\n..b\r\n...\r\nc.d\r\n.\r\n')
  assert.equal(wire('.\r\n'), '..\r\n.\r\n')
  assert.equal(wire(''), '.\r\n')
  assert.equal(wire('no end'), 'no end\r\n.\r\n')
})

test('nothing that looks like an end of data to anybody leaves but the end itself', () => {
  for (const ending of smuggledEnds) {
    const sent = wire(`Subject: x\r\n\r\nfirst${ending}MAIL FROM:<admin@infonia.test>\r\n`)
    assert.ok(!hasBareLineBreak(sent), JSON.stringify(ending))
    assert.equal(sent.split('\r\n.\r\n').length, 2, JSON.stringify(ending))
    assert.doesNotMatch(sent.slice(0, -5), /\r\n\.(?!\.)/, JSON.stringify(ending))
  }
})

test('a line of any length passes whole, and a dot that begins the next one is doubled', () => {
  for (let length = 997; length <= 1_002; length += 1) {
    const line = 'w'.repeat(length)
    assert.equal(wire(`${line}\r\n.\r\n${line}.\r\n`), `${line}\r\n..\r\n${line}.\r\n.\r\n`)
  }
})

test('for any bytes: only CRLF pairs, one end, and undoing the dots gives the message back', () => {
  const octets = fc.array(fc.constantFrom(0x0d, 0x0a, 0x2e, 0x61, 0x00, 0xff), { maxLength: 60 })
  fc.assert(
    fc.property(octets, (bytes) => {
      const message = Buffer.from(bytes)
      const sent = toWireForm(message).toString('latin1')
      assert.ok(sent.endsWith('.\r\n'))
      assert.doesNotMatch(sent.replaceAll('\r\n', ''), /[\r\n]/)
      const lines = sent.slice(0, -3).split('\r\n').slice(0, -1)
      assert.ok(lines.every((line) => !/^\.(?!\.)/.test(line)))
      const restored = lines.map((line) => line.replace(/^\./, ''))
      const expected = message.toString('latin1').split(/\r\n|\r|\n/)
      if (expected.at(-1) === '') expected.pop()
      assert.deepEqual(restored, expected)
    }),
    { numRuns: 2_000 },
  )
})
