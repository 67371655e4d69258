/** What is to be known of a script before it is stored: its first fault, or the addresses elsewhere that it forwards to. */
import { checkScript } from '#lib/sieve/checker.ts'
import type { Fault } from '#lib/sieve/fault.ts'
import { forwardTargets } from '#lib/sieve/forward-targets.ts'

export type JudgedUpload = { readonly fault: Fault | null; readonly forwards: readonly string[] }

/** @param ownDomains to whose addresses it may forward without anybody being asked */
export function judgeUpload(script: string, ownDomains: readonly string[]): JudgedUpload {
  const checked = checkScript(script)
  if (checked.outcome === 'faulty') return { fault: checked.fault, forwards: [] }
  return { fault: null, forwards: forwardTargets(checked.script, ownDomains) }
}
