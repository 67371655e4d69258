/**
 * By the nearest rank: one of the samples, and of two the lower.
 * @param share 0.5 for the median, 0.99 for the slowest hundredth; @returns null when there are no samples
 */
export function percentile(samples: readonly number[], share: number): number | null {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}
