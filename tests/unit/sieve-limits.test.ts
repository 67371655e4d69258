// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Sieve are written so
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MAX_RUN_MS } from '#lib/sieve/limits.ts'
import { withHeader } from '#lib/sieve/message-bytes.ts'
import type { Outcome } from '#lib/sieve/outcome.ts'
import { matrix } from '#tests/support/matrix.ts'
import { describeOutcome } from '#tests/support/sieve/describe-outcome.ts'
import { sieveMessages } from '#tests/support/sieve/messages.ts'
import { runOn } from '#tests/support/sieve/run-case.ts'

const message = (fields: string) => Buffer.from(`${fields}\r\nbody\r\n`)
/** By steps alone: what comes out is the same however fast the machine is. */
const bySteps = { cpuClock: () => 0 }
const editedText = ({ actions }: Outcome, bytes: Buffer): string => {
  const keep = actions.find(({ kind }) => kind === 'keep')
  assert.ok(keep?.kind === 'keep' && keep.header)
  return withHeader(bytes, keep.header).toString()
}

describe('hostile scripts end within their limits, and the message is kept', () => {
  const { check } = matrix('sieve-limits', 'Hostile Sieve scripts stopped within their limits, the message kept')
  const expect = (name: string, script: string, bytes: Buffer, expected: string) =>
    check(name, async () => assert.equal(describeOutcome(runOn(script, bytes, bySteps)), expected))
  const { letter } = sieveMessages
  const redirects = (count: number) =>
    Array.from({ length: count }, (_, index) => `redirect "a${index}@example.com";`).join('\n')

  expect('the fifth redirect', redirects(5), letter, 'fault tooManyRedirects, keep')
  expect('the 33rd action', 'keep;'.repeat(33), letter, 'fault tooManyActions, keep')
  expect('10 000 tests', `if allof (${'not false, '.repeat(9_999)}true) { discard; }`, letter, 'discard')
  expect(
    'as many tests as a script can hold',
    `if allof (${'true, '.repeat(100_000)}true) { discard; }`,
    letter,
    'fault tooMuchWork, keep',
  )
  expect(
    ':matches with stars on 800 letters',
    'if header :matches "x" "*a*a*a*b" { discard; }',
    message(`X: ${'a'.repeat(800)}\r\n`),
    'keep',
  )
  expect(
    ':matches with 200 stars',
    `if header :matches "x" "${'*a'.repeat(200)}b" { discard; }`,
    message(`X: ${'a'.repeat(800)}\r\n`),
    'keep',
  )
  expect(
    '(a+)+$',
    'require "regex"; if header :regex "x" "(a+)+$" { discard; }',
    message(`X: ${'a'.repeat(800)}b\r\n`),
    'keep',
  )
  expect(
    'a regular expression that counts',
    'require ["regex", "variables"]; set "r" "((a{1,30}){1,30}){1,30}$"; if header :regex "x" "${r}" { discard; }',
    message('X: a\r\n'),
    'fault regexNotValid, keep',
  )
  expect(
    'deleteheader over 80 000 fields',
    `require "editheader"; ${'deleteheader :index 1 "x";'.repeat(100)}`,
    message('X: y\r\n'.repeat(80_000)),
    'fault tooMuchWork, keep',
  )
  expect('an include of itself', 'require "include"; include "itself";', letter, 'fault includeRecursive, keep')
  expect(
    'a variable that doubles 40 times',
    `require ["variables", "fileinto"]; set "a" "0123456789"; ${'set "a" "${a}${a}";'.repeat(40)} set :length "n" "\${a}"; fileinto "\${n}";`,
    letter,
    'fileinto 4000',
  )
  expect(
    'a string that holds a long variable 1000 times',
    `require "variables"; set "a" "${'x'.repeat(4_000)}"; set "b" "${'${a}'.repeat(1_000)}";`,
    letter,
    'fault tooMuchWork, keep',
  )
  check('addheader with line breaks in it', async () => {
    const outcome = runOn('require "editheader"; addheader "X-New" "a\r\nBcc: x@example.com\n\r\n\r\nbody";', letter)
    const text = editedText(outcome, letter)
    assert.match(text, /^X-New: a Bcc: x@example\.com body\r\n/)
    assert.equal(text.split('\r\n\r\n').length, letter.toString().split('\r\n\r\n').length)
  })
  check('the CPU clock runs out', async () => {
    let reads = 0
    const cpuClock = () => (reads++ === 0 ? 0 : MAX_RUN_MS + 1)
    const outcome = runOn(`if allof (${'true, '.repeat(1_000)}true) { discard; }`, letter, { cpuClock })
    assert.equal(describeOutcome(outcome), 'fault tooMuchWork, keep')
  })
})

describe('edited messages', () => {
  it('leave every other byte as it was', () => {
    const { letter } = sieveMessages
    const text = editedText(runOn('require "editheader"; deleteheader :index 2 "x-tag";', letter), letter)
    assert.equal(text, letter.toString().replace('X-Tag: second\r\n', ''))
  })

  it('get what is not ASCII as encoded-words, and a new field at the end when asked', () => {
    const { bare } = sieveMessages
    const text = editedText(runOn('require "editheader"; addheader :last "X-New" "会議";', bare), bare)
    assert.equal(text, 'From: nobody@example.com\r\nX-New: =?UTF-8?B?5Lya6K2w?=\r\n\r\nx\r\n')
  })
})
