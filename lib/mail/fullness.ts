/** How full a mailbox is, in the three states that a person has to know of. */

export type Fullness = 'fine' | 'near' | 'over'

/** Shares of the quota at which its owner is warned. */
export const warningPercents = [80, 95] as const

export function fullnessOf(usedBytes: number, quotaBytes: number): Fullness {
  if (usedBytes >= quotaBytes) return 'over'
  return usedBytes * 100 >= quotaBytes * warningPercents[0] ? 'near' : 'fine'
}
