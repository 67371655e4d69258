/**
 * What spamtest and virustest compare with (RFC 5235 §2, §3): the findings of the scanners on their scales. Zero means
 * that nobody has looked.
 */
import type { SpecialUse } from '#lib/policy/decide.ts'
import type { ScanFindings, SpamFinding, VirusFinding } from '#lib/policy/scan-rules.ts'

const CLEAN = 1
const SURELY_SPAM = 10
/** What ends up in the Junk folder, whoever said so. */
const JUNK = 8
const SURELY_INFECTED = 5

const virusLevels: Readonly<Record<VirusFinding['kind'], number>> = {
  notScanned: 0,
  unknown: 0,
  clean: CLEAN,
  found: SURELY_INFECTED,
}

/** The scanner's score as a part of the one at which it would refuse. */
function levelOfScore(spam: SpamFinding): number {
  if (spam.kind !== 'scored') return 0
  if (spam.advice === 'refuse') return SURELY_SPAM
  const part = spam.required > 0 ? spam.score / spam.required : 0
  return Math.min(SURELY_SPAM, Math.max(CLEAN, Math.round(CLEAN + part * (SURELY_SPAM - CLEAN))))
}

export function spamLevel(scanned: ScanFindings | null, fileInto: SpecialUse | null): number {
  return Math.max(scanned === null ? 0 : levelOfScore(scanned.spam), fileInto === '\\Junk' ? JUNK : 0)
}

export function virusLevel(scanned: ScanFindings | null): number {
  return scanned === null ? 0 : virusLevels[scanned.virus.kind]
}
