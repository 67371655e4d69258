/** @param share 0.5 for the median, 0.99 for the slowest hundredth; @returns null when there are no samples */
export function percentile(samples: readonly number[], share: number): number | null {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null
}
