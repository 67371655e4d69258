import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secondsUntilNextAttempt, secondsUntilNextProbe } from '#lib/engine/queue/schedule.ts'
import { defaultRelayRules } from '#lib/policy/relay-rules.ts'

function attemptTimes(random: number): number[] {
  const times: number[] = []
  let seconds = 0
  for (let attempts = 1; seconds < defaultRelayRules.lifetimeSeconds; attempts += 1) {
    seconds += secondsUntilNextAttempt(attempts, defaultRelayRules, random)
    times.push(seconds)
  }
  return times
}

test('several attempts in the first hour, then at most four hours apart, for five days', () => {
  const times = attemptTimes(0.5)
  assert.ok(times.filter((seconds) => seconds <= 3_600).length >= 3)
  assert.ok(times.every((seconds, index) => seconds - (times[index - 1] ?? 0) <= 4 * 3_600))
  assert.ok((times.at(-1) ?? 0) >= 5 * 86_400)
})

test('the times vary by at most five percent to either side', () => {
  assert.equal(secondsUntilNextAttempt(1, defaultRelayRules, 0.5), 300)
  assert.equal(secondsUntilNextAttempt(1, defaultRelayRules, 0), 285)
  assert.equal(Math.round(secondsUntilNextAttempt(1, defaultRelayRules, 1)), 315)
})

test('a destination that cannot be reached is looked at soon, and every hour at the least', () => {
  const probes = Array.from({ length: 12 }, (_, index) => secondsUntilNextProbe(index + 1, defaultRelayRules))
  assert.deepEqual(probes.slice(0, 3), [300, 600, 1_200])
  assert.ok(probes.slice(4).every((seconds) => seconds === 3_600))
})
