/**
 * Counts the connections of each address, over all ports of this process: those that are open, and those of the last
 * minute or two.
 *
 * Guarantees: memory is bounded by what is open and by what minute-counter.ts keeps.
 */
import { networkList } from '#lib/mail/network-list.ts'
import type { ConnectionRules } from '#lib/policy/connection-rules.ts'
import type { ListenerSettings } from './connection.ts'
import { createMinuteCounter, originOf } from './minute-counter.ts'

export interface ConnectionCounter {
  /** @returns what to call when the connection has ended; null when it is one too many */
  admit(address: string, protocol: ListenerSettings['protocol']): (() => void) | null
}

export function createConnectionCounter(rules: () => ConnectionRules, nowMs?: () => number): ConnectionCounter {
  const open = new Map<string, number>()
  const countRecent = createMinuteCounter(nowMs)

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
