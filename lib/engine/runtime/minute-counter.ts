/**
 * Counts what an address does within a minute or two. An IPv6 address counts as its /64, because whoever has one has
 * all of them.
 *
 * Guarantees: fixed minutes, so one pass over the clock forgets all of them, whatever an attacker has filled the table
 * with; a clock that jumps changes nothing.
 */
import ipaddr from 'ipaddr.js'

const MINUTE_MS = 60_000
const MAX_RECENT = 100_000

/** @returns counts one more for this origin, or as many as one says, and tells how many that makes */
export function createMinuteCounter(nowMs = () => performance.now()): (origin: string, more?: number) => number {
  let recent = new Map<string, number>()
  let minuteEndsMs = 0
  return (origin, more = 1) => {
    if (nowMs() >= minuteEndsMs || recent.size >= MAX_RECENT) {
      recent = new Map()
      minuteEndsMs = nowMs() + MINUTE_MS
    }
    const count = (recent.get(origin) ?? 0) + more
    recent.set(origin, count)
    return count
  }
}

export function originOf(text: string): string {
  const address = ipaddr.process(text)
  if (address.kind() === 'ipv4') return address.toString()
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()
}
