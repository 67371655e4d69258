/** Mishaps belong to nobody and are of use for minutes; after a day they go: hourly, and at the start. */
import type { Queryable } from '#lib/db/database.ts'

const PURGE = {
  name: 'events-purge-mishaps',
  text: `DELETE FROM protocol_events WHERE mishap IS NOT NULL AND at < now() - interval '1 day'`,
}
const EVERY_MS = 3_600_000

/** @returns ends it */
export function purgeMishapsHourly(database: Queryable, onFault: (error: unknown) => void): () => Promise<void> {
  let running = Promise.resolve()
  const purge = () => {
    running = database.query(PURGE, []).then(() => {}, onFault)
  }
  const timer = setInterval(purge, EVERY_MS)
  purge()
  return async () => {
    clearInterval(timer)
    await running
  }
}
