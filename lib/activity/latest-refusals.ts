/** What went wrong lately, once per cause: ten failures with the same wrong password are one thing to put right. */
import type { Actor } from '#lib/accounts/actor.ts'
import type { EventView } from './event-view.ts'
import { listEvents } from './list-events.ts'

export type LatestRefusal = { readonly event: EventView; readonly times: number }

const MAX_SHOWN = 3
const RECENT_MS = 7 * 86_400_000

export async function latestRefusals(actor: Actor): Promise<LatestRefusal[]> {
  const { events } = await listEvents(actor, { show: 'trouble', service: 'all' })
  return groupRefusals(events, Date.now() - RECENT_MS)
}

/** @param events newest first */
export function groupRefusals(events: readonly EventView[], since: number): LatestRefusal[] {
  const groups = new Map<string, LatestRefusal>()
  for (const event of events) {
    if (Date.parse(event.at) < since) continue
    const key = `${event.mailboxId} ${event.reason}`
    const known = groups.get(key)
    groups.set(key, known ? { ...known, times: known.times + 1 } : { event, times: 1 })
  }
  return [...groups.values()].slice(0, MAX_SHOWN)
}
