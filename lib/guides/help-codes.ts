/**
 * The short codes that refusals print (https://portal/g/P2). The engine's own are in the policy's list of reasons;
 * two more are for what the portal knows and the wire keeps to itself, or what happens before our servers are reached.
 */
import { type GuideCode, guideCodes, type ReasonId, reasons } from '#lib/policy/reasons.ts'

export const helpCodes = [...guideCodes, 'A4', 'A5'] as const satisfies readonly (GuideCode | string)[]
export type HelpCode = (typeof helpCodes)[number]

/** As people type it from a screen or read it out: any case. */
export function parseHelpCode(text: string): HelpCode | null {
  const upper = text.normalize('NFKC').trim().toUpperCase()
  return helpCodes.find((code) => code === upper) ?? null
}

/** The refusals that point to this code. */
export function reasonsWith(code: HelpCode): readonly ReasonId[] {
  return Object.entries(reasons).flatMap(([id, { guide }]) => (guide === code ? [id as ReasonId] : []))
}
