/**
 * How much of the database one mailbox may keep busy: its changes wait for one another there anyway, each with a connection
 * in its hand that somebody else could use.
 */
import { createSemaphore, type Semaphore } from '#lib/semaphore/semaphore.ts'

export type Shares = <Result>(mailboxId: number, work: () => Promise<Result>) => Promise<Result>

/** Of one process. */
const CHANGES_AT_ONCE = 3
/** A folder of a hundred thousand messages is copied in less. */
const MAX_WAIT_MS = 60_000

export function createShares(changesAtOnce = CHANGES_AT_ONCE, maxWaitMs = MAX_WAIT_MS): Shares {
  const busy = new Map<number, { readonly semaphore: Semaphore; users: number }>()

  return async (mailboxId, work) => {
    const share = busy.get(mailboxId) ?? { semaphore: createSemaphore({ permits: changesAtOnce, maxWaitMs }), users: 0 }
    busy.set(mailboxId, share)
    share.users += 1
    try {
      return await share.semaphore.run(work)
    } finally {
      share.users -= 1
      if (share.users === 0) busy.delete(mailboxId)
    }
  }
}
