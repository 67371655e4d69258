/** Another implementation reads the same scripts and messages; where it decides otherwise, the reason is listed here. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { matrix } from '#tests/support/matrix.ts'
import { sieveCases } from '#tests/support/sieve/cases.ts'
import { type SieveMessageName, sieveMessages } from '#tests/support/sieve/messages.ts'
import { inWordsOfPigeonhole, openPigeonhole } from '#tests/support/sieve/pigeonhole.ts'
import { runOn, sieveLibrary } from '#tests/support/sieve/run-case.ts'

/** Scripts that Pigeonhole 0.5.19 does not decide as we do, or not at all. */
const differences: readonly { readonly script: RegExp; readonly reason: string }[] = [
  { script: /spamtest|virustest/, reason: 'reads verdicts from header fields of a configuration' },
  { script: /unicode-casemap/, reason: 'has no such comparator' },
  { script: /specialuse|special-use/, reason: 'sieve-test has no mailbox with special uses' },
  { script: /"x-folded"/, reason: 'unfolds a tab into a space; RFC 5322 §2.2.3 keeps the white space' },
  { script: /\?お知らせ/, reason: 'takes "?" for an octet; RFC 5228 §2.7.1 says a character' },
  { script: /string "\$\{a\}" "YES"/, reason: 'compares by i;octet; RFC 5228 §2.7.3 has i;ascii-casemap by default' },
  { script: /ereject/, reason: 'sieve-test does not offer it' },
  { script: /:days 0/, reason: 'the shortest period is a matter of configuration (RFC 5230 §4.1)' },
  { script: /environment "(?:phase|location)"/, reason: 'sieve-test has neither item' },
  { script: /include "(?:nowhere|itself)"/, reason: 'looks for included scripts at upload, we when the script runs' },
  { script: /duplicate :uniqueid "seen before"/, reason: 'sieve-test remembers nothing between runs' },
]

describe('Pigeonhole decides as we do', () => {
  const { check } = matrix('sieve-pigeonhole', 'Sieve scripts and messages decided as Pigeonhole does')
  const pigeonhole = openPigeonhole(sieveLibrary)
  after(() => pigeonhole.close())
  const scripts = [...new Set(sieveCases.map(({ script }) => script))]
  const comparable = scripts.filter((script) => !differences.some((each) => each.script.test(script)))
  const names = Object.keys(sieveMessages) as SieveMessageName[]

  for (const script of comparable) {
    check(
      script,
      async () => {
        for (const name of names) {
          const message = sieveMessages[name]
          const theirs = await pigeonhole.decide(script, message)
          assert.equal(inWordsOfPigeonhole(runOn(script, message, { now: new Date() })), theirs, name)
        }
      },
      names.length,
    )
  }

  it('lists no difference that no script shows', () => {
    for (const { script } of differences) assert.ok(scripts.some((each) => script.test(each)))
    assert.ok(comparable.length * names.length >= 300)
  })
})
