import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { matrix } from '#tests/support/matrix.ts'
import { sieveCases } from '#tests/support/sieve/cases.ts'
import { describeOutcome } from '#tests/support/sieve/describe-outcome.ts'
import { sieveMessages } from '#tests/support/sieve/messages.ts'
import { runOn } from '#tests/support/sieve/run-case.ts'

describe('Sieve, section by section', () => {
  const { check } = matrix('sieve-cases', 'Sieve scripts that decide as their RFC says')
  for (const { section, script, message, expected } of sieveCases) {
    check(`${section}: ${script} on "${message}"`, async () => {
      assert.equal(describeOutcome(runOn(script, sieveMessages[message])), expected)
    })
  }
})
