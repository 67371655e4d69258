/**
 * Counts the connections of each address, over all ports of this process: those that are open, and those of the last
 * minute or two.
 *
 * Guarantees: memory is bounded by what is open and by MAX_RECENT addresses; a clock that jumps changes nothing. An IPv6
 * address counts as its /64, because whoever has one has all of them.
 */
import ipaddr from 'ipaddr.js'
import { networkList } from '#lib/mail/network-list.ts'
import type { ConnectionRules } from '#lib/policy/connection-rules.ts'
import type { ListenerSettings } from './connection.ts'

export interface ConnectionCounter {
  /** @returns what to call when the connection has ended; null when it is one too many */
  admit(address: string, protocol: ListenerSettings['protocol']): (() => void) | null
}

const MINUTE_MS = 60_000
const MAX_RECENT = 100_000

export function createConnectionCounter(
  rules: () => ConnectionRules,
  nowMs = () => performance.now(),
): ConnectionCounter {
  const open = new Map<string, number>()
  let recent = new Map<string, number>()
  let minuteEndsMs = 0

  /** Fixed minutes: one pass over the clock forgets all of them, whatever an attacker has filled the table with. */
  function countRecent(origin: string): number {
    if (nowMs() >= minuteEndsMs || recent.size >= MAX_RECENT) {
      recent = new Map()
      minuteEndsMs = nowMs() + MINUTE_MS
    }
    const count = (recent.get(origin) ?? 0) + 1
    recent.set(origin, count)
    return count
  }

  return {
    admit(address, protocol) {
      const { maxSmtpPerAddress, maxReadingPerAddress, maxPerAddressPerMinute, unlimitedNetworks } = rules()
      if (networkList(unlimitedNetworks).includes(address)) return () => {}
      const origin = originOf(address)
      const key = `${protocol === 'smtp' ? 'smtp' : 'reading'} ${origin}`
      const count = (open.get(key) ?? 0) + 1
      const max = protocol === 'smtp' ? maxSmtpPerAddress : maxReadingPerAddress
      if (countRecent(origin) > maxPerAddressPerMinute || count > max) return null
      open.set(key, count)
      return () => {
        const left = (open.get(key) ?? 1) - 1
        if (left > 0) open.set(key, left)
        else open.delete(key)
      }
    },
  }
}

function originOf(text: string): string {
  const address = ipaddr.process(text)
  if (address.kind() === 'ipv4') return address.toString()
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()
}
