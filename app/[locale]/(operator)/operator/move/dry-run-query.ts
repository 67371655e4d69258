/** What the address of the page asks for. */
import { z } from 'zod'
import { japanTime, toJapanTime } from '#lib/clock/japan-time.ts'
import { type DryRunInput, dryRunPolicies } from '#lib/move/dry-run.ts'

export const dryRunQuery = z.object({
  at: japanTime,
  oldHost: z.enum(dryRunPolicies).default('current'),
  version: z.coerce.number().int().nonnegative().default(0),
  days: z.coerce.number().int().min(1).max(90).default(30),
})

export function lossesPath({ at, oldHost, version, days }: DryRunInput): string {
  const query = new URLSearchParams({ at: toJapanTime(at), oldHost, version: String(version), days: String(days) })
  return `/api/move/losses?${query}`
}
