/**
 * How much of the database one mailbox may keep busy: its changes wait for one another there anyway, each with a connection
 * in its hand that somebody else could use.
 */
import { createPlaces, type Places } from '#lib/db/places.ts'

export type Shares = <Result>(mailboxId: number, work: () => Promise<Result>) => Promise<Result>

/** Of one process. */
const CHANGES_AT_ONCE = 3
/** A folder of a hundred thousand messages is copied in less. */
const MAX_WAIT_MS = 60_000

export function createShares(changesAtOnce = CHANGES_AT_ONCE, maxWaitMs = MAX_WAIT_MS): Shares {
  const busy = new Map<number, { readonly places: Places; users: number }>()

  return async (mailboxId, work) => {
    const share = busy.get(mailboxId) ?? { places: createPlaces(changesAtOnce, maxWaitMs), users: 0 }
    busy.set(mailboxId, share)
    share.users += 1
    try {
      const leave = await share.places.enter()
      return await work().finally(leave)
    } finally {
      share.users -= 1
      if (share.users === 0) busy.delete(mailboxId)
    }
  }
}
