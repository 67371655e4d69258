/** Runs a script of the case table on one of its messages. */
import assert from 'node:assert/strict'
import { threadCpuMs } from '#lib/sieve/budget.ts'
import type { CheckedScript } from '#lib/sieve/checked-script.ts'
import { checkScript } from '#lib/sieve/checker.ts'
import { faultLine } from '#lib/sieve/fault-texts.ts'
import { runScript } from '#lib/sieve/interpreter.ts'
import { viewMessage } from '#lib/sieve/message-bytes.ts'
import type { Outcome } from '#lib/sieve/outcome.ts'
import type { Surroundings } from '#lib/sieve/run-state.ts'
import { sieveEnvelope } from './messages.ts'

export const sieveLibrary: Readonly<Record<string, string>> = {
  discards: 'discard;',
  returns: 'require "include"; return; discard;',
  itself: 'require "include"; include "itself";',
  sets: 'require ["include", "variables"]; global "a"; set "a" "shared";',
}

export function validScript(text: string): CheckedScript {
  const checked = checkScript(text)
  if (checked.outcome === 'faulty') assert.fail(`${faultLine(checked.fault).en}\n${text}`)
  return checked.script
}

export const surroundings: Surroundings = {
  envelope: sieveEnvelope,
  now: new Date('2026-11-24T12:00:00Z'),
  zoneMinutes: 540,
  environment: { phase: 'during', location: 'MDA', name: 'test', domain: 'example.jp' },
  folders: [
    { name: 'INBOX', specialUse: null },
    { name: 'Junk', specialUse: '\\Junk' },
  ],
  includable: (name) => (sieveLibrary[name] === undefined ? null : validScript(sieveLibrary[name])),
  wasSeen: (key) => key === JSON.stringify(['', '', 'seen before']),
  spamLevel: 8,
  virusLevel: 1,
  cpuClock: threadCpuMs,
}

export function runOn(text: string, message: Buffer, changed: Partial<Surroundings> = {}): Outcome {
  return runScript(validScript(text), viewMessage(message), { ...surroundings, ...changed })
}
