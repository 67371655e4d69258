/** So many requests in a minute, by whoever asks; counted in this process, of which a site has few. */

const MINUTE_MS = 60_000
const MAX_KNOWN = 10_000

export type RateLimit = {
  /** @returns the seconds to wait; 0 when this one may be served */
  take(who: string): number
}

export function createRateLimit(perMinute: number, now: () => number = Date.now): RateLimit {
  const counts = new Map<string, { began: number; count: number }>()
  return {
    take(who) {
      const at = now()
      const known = counts.get(who)
      const current = known === undefined || at - known.began >= MINUTE_MS ? { began: at, count: 0 } : known
      current.count += 1
      if (counts.size >= MAX_KNOWN) counts.clear()
      counts.set(who, current)
      return current.count <= perMinute ? 0 : Math.ceil((current.began + MINUTE_MS - at) / 1_000)
    },
  }
}
