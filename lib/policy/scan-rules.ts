/** What scanners of viruses and spam found in a message, and what is done about it. */
import { z } from 'zod'

export type VirusFinding =
  | { readonly kind: 'notScanned' | 'clean' | 'unknown' }
  | { readonly kind: 'found'; readonly name: string }

/** `advice` is what the scanner would do: take it, mark it, ask for it again later, refuse it. */
export type SpamFinding =
  | { readonly kind: 'notScanned' | 'unknown' }
  | {
      readonly kind: 'scored'
      readonly advice: 'accept' | 'mark' | 'later' | 'refuse'
      readonly score: number
      readonly required: number
    }

/** "unknown": there is a scanner and it did not answer. */
export type ScanFindings = { readonly virus: VirusFinding; readonly spam: SpamFinding }

export const awayChoices = ['accept', 'defer'] as const
export const spamChoices = ['file', 'refuse'] as const

export const scanRulesSchema = z.strictObject({
  /** a scanner that does not answer: the message comes in with a note of it, or is asked for again later */
  whenAway: z.enum(awayChoices),
  /** what is probably spam: into the Junk folder, or not at all */
  spam: z.enum(spamChoices),
})

export type ScanRules = z.infer<typeof scanRulesSchema>

export const defaultScanRules: ScanRules = { whenAway: 'accept', spam: 'file' }
