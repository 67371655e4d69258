/**
 * Counts the connections of each address, over all ports and all workers of this machine: those that are open, and those
 * of the last minute or two.
 *
 * Guarantees: memory is bounded by what is open and by what minute-counter.ts keeps. Nobody waits for another worker to
 * count: workers tell one another a moment later, and of connections that several of them took at the same moment those
 * that were too many are closed then. The worker with the higher number closes its own, so that only one does.
 */
import { networkList } from '#lib/mail/network-list.ts'
import type { ConnectionRules } from '#lib/policy/connection-rules.ts'
import type { ListenerSettings } from './connection.ts'
import { createMinuteCounter, originOf } from './minute-counter.ts'
import { type CountedOrigin, type Neighbours, noNeighbours } from './neighbours.ts'

export interface ConnectionCounter {
  /**
   * @param turnAway called when it turns out to have been one too many
   * @returns what to call when the connection has ended; null when it is one too many
   */
  admit(address: string, protocol: ListenerSettings['protocol'], turnAway: () => void): (() => void) | null
}

export type ConnectionCounterParts = {
  readonly rules: () => ConnectionRules
  readonly neighbours?: Neighbours
  /** of this process, from wherever they come */
  readonly maxOpen?: number
  readonly nowMs?: () => number
}

type Guests = Pick<CountedOrigin, 'purpose' | 'origin'> & { readonly present: Set<{ turnAway(): void }> }

export function createConnectionCounter(parts: ConnectionCounterParts): ConnectionCounter {
  const { rules, neighbours = noNeighbours, maxOpen = Number.POSITIVE_INFINITY, nowMs } = parts
  const open = new Map<string, Guests>()
  let openCount = 0
  const countRecent = createMinuteCounter(nowMs)

  function guestsOf(purpose: CountedOrigin['purpose'], origin: string): Guests {
    return open.get(`${purpose} ${origin}`) ?? { purpose, origin, present: new Set() }
  }

  function most({ purpose }: Pick<CountedOrigin, 'purpose'>): number {
    return purpose === 'smtp' ? rules().maxSmtpPerAddress : rules().maxReadingPerAddress
  }

  function tell({ purpose, origin, present }: Guests, come: number): void {
    neighbours.tell({ purpose, origin, open: present.size, come })
  }

  function enter(guests: Guests, turnAway: () => void): () => void {
    const guest = { turnAway }
    const key = `${guests.purpose} ${guests.origin}`
    guests.present.add(guest)
    open.set(key, guests)
    return () => {
      guests.present.delete(guest)
      if (guests.present.size === 0) open.delete(key)
      tell(guests, 0)
    }
  }

  neighbours.onTold((counted) => {
    countRecent(counted.origin, counted.come)
    const room = Math.max(0, most(counted) - neighbours.openBefore(counted))
    const { present } = guestsOf(counted.purpose, counted.origin)
    for (const { turnAway } of [...present].slice(room)) turnAway()
  })

  const admitLimited: ConnectionCounter['admit'] = (address, protocol, turnAway) => {
    const origin = originOf(address)
    const guests = guestsOf(protocol === 'smtp' ? 'smtp' : 'reading', origin)
    const isTooMany =
      countRecent(origin) > rules().maxPerAddressPerMinute ||
      guests.present.size + neighbours.openElsewhere(guests) >= most(guests)
    const release = isTooMany ? null : enter(guests, turnAway)
    tell(guests, 1)
    return release
  }

  return {
    admit(address, protocol, turnAway) {
      if (openCount >= maxOpen) return null
      const isUnlimited = networkList(rules().unlimitedNetworks).includes(address)
      const release = isUnlimited ? () => {} : admitLimited(address, protocol, turnAway)
      if (release === null) return null
      openCount += 1
      return () => {
        openCount -= 1
        release()
      }
    },
  }
}
