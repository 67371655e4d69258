/**
 * The relay worker of one process: takes due mail out of the queue and hands it to the next hops.
 *
 * Guarantees: never more than the policy's connections at once, in all and per destination; slow destinations do not hold
 * up the others, however many they are: the fewer sessions are left, the fewer of them one destination gets. Every claimed
 * recipient is settled, given back, or, when the process dies, free again after its lease. `close` lets what is in flight
 * end, for as long as there is time, and gives back the rest.
 */
import { setMaxListeners } from 'node:events'
import type { Notifications } from '#lib/db/notifications.ts'
import { type Claim, claimDue, LEASE_SECONDS, releaseLeases, renewLeases } from '../../queue/claim.ts'
import { EVERY_DESTINATION } from '../../queue/destinations.ts'
import { runRegularly } from '../../runtime/run-regularly.ts'
import { deliverInTurn, type LaneParts } from './deliver-in-turn.ts'

export type RelayParts = Omit<LaneParts, 'cut'> & {
  readonly notifications: Notifications
  readonly limits?: Partial<RelayLimits>
}

export type RelayLimits = {
  readonly maxSessions: number
  readonly maxClaimedRecipients: number
  readonly pollIntervalMs: number
}

const defaultLimits: RelayLimits = {
  maxSessions: 120,
  maxClaimedRecipients: 400,
  pollIntervalMs: 5_000,
}

const RENEW_EVERY_MS = (LEASE_SECONDS * 1_000) / 4
/** Of the sessions that are free, what one destination may take. */
const MAX_SHARE_OF_FREE = 0.1
/** As long as the slowest next hop may take over the final dot. */
const MAX_CLOSING_MS = 600_000
/** What one SMTP transaction may carry everywhere (RFC 5321 §4.5.3.1.8). */
const MAX_RECIPIENTS_PER_TRANSACTION = 100

export interface Relay {
  /** There may be something to do. */
  wake(): void
  /** @param deadlineMs after which what is in flight is cut off, to be tried again */
  close(deadlineMs?: number): Promise<void>
}

export function startRelay(parts: RelayParts): Relay {
  const limits = { ...defaultLimits, ...parts.limits }
  const sessions = new Map<string, number>() // destination → running
  const claimed = new Set<Claim>()
  const running = new Set<Promise<void>>()
  let isLooking = false
  let mayBeMore = false
  let closed = false
  const cutting = new AbortController()
  // A listener for each session that is open.
  setMaxListeners(0, cutting.signal)
  const laneParts = { ...parts, cut: cutting.signal }

  const destinationOf = (claim: Claim) => (parts.route.smartHost ? EVERY_DESTINATION : claim.domain)
  const countSessions = () => [...sessions.values()].reduce((sum, count) => sum + count, 0)

  async function look(): Promise<void> {
    mayBeMore = true
    if (isLooking) return
    isLooking = true
    while (mayBeMore && !closed) {
      mayBeMore = false
      await takeAndDispatch().catch(parts.onFault)
    }
    isLooking = false
  }

  async function takeAndDispatch(): Promise<void> {
    const { maxSessionsPerDestination } = parts.rules()
    const busy = [...sessions.keys()].filter((key) => (sessions.get(key) ?? 0) >= maxSessionsPerDestination)
    if (countSessions() >= limits.maxSessions || busy.includes(EVERY_DESTINATION)) return
    const claims = (await claimDue(parts.database, busy, limits.maxClaimedRecipients)).flatMap(splitClaim)
    for (const claim of claims) claimed.add(claim)
    if (claims.length > 0) mayBeMore = true
    for (const [destination, own] of Map.groupBy(claims, destinationOf)) dispatch(destination, own)
  }

  /** Shares the claims of a destination among as many sessions as are free; one looks where none was answered. */
  function dispatch(destination: string, claims: Claim[]): void {
    const wanted = claims.some(({ isProbe }) => isProbe) ? 1 : claims.length
    const free = Math.min(
      parts.rules().maxSessionsPerDestination - (sessions.get(destination) ?? 0),
      Math.ceil((limits.maxSessions - countSessions()) * MAX_SHARE_OF_FREE),
    )
    const lanes = Math.max(1, Math.min(free, wanted))
    const next = () => (closed ? undefined : claims.shift())
    for (let lane = 0; lane < lanes; lane += 1) runLane(destination, next)
  }

  function runLane(destination: string, next: () => Claim | undefined): void {
    sessions.set(destination, (sessions.get(destination) ?? 0) + 1)
    const lane = deliverInTurn(laneParts, destination, next, (claim) => claimed.delete(claim))
      .catch(parts.onFault)
      .finally(() => {
        running.delete(lane)
        const left = (sessions.get(destination) ?? 1) - 1
        if (left > 0) sessions.set(destination, left)
        else sessions.delete(destination)
        void look()
      })
    running.add(lane)
  }

  const stopListening = parts.notifications.on('queue_changed', () => void look())
  const { onFault } = parts
  const looking = runRegularly({ everyMs: limits.pollIntervalMs, work: look, onFault, startsAtOnce: true })
  const renew = () => renewLeases(parts.database, recipientIds(claimed))
  const renewing = runRegularly({ everyMs: RENEW_EVERY_MS, work: renew, onFault })

  return {
    wake: () => void look(),
    async close(deadlineMs = MAX_CLOSING_MS) {
      closed = true
      stopListening()
      await looking.close()
      const impatience = setTimeout(() => cutting.abort(), deadlineMs)
      await Promise.allSettled(running)
      clearTimeout(impatience)
      await renewing.close()
      await releaseLeases(parts.database, recipientIds(claimed)).catch(onFault)
    },
  }
}

function recipientIds(claims: Iterable<Claim>): number[] {
  return [...claims].flatMap(({ recipients }) => recipients.map(({ id }) => id))
}

/** A claim whose recipients are too many for one transaction becomes several. */
function splitClaim(claim: Claim): Claim[] {
  const count = Math.ceil(claim.recipients.length / MAX_RECIPIENTS_PER_TRANSACTION)
  return Array.from({ length: count }, (_, index) => {
    const from = index * MAX_RECIPIENTS_PER_TRANSACTION
    return { ...claim, recipients: claim.recipients.slice(from, from + MAX_RECIPIENTS_PER_TRANSACTION) }
  })
}
