/**
 * Destinations that cannot be reached, known to all processes: while one backs off nothing is tried there, and when its
 * time has come one session looks before the others follow (`claimDue`, `startRelay`).
 *
 * An answer about a message is none of this: whoever can be talked to is reachable.
 */
import type { Queryable } from '#lib/db/database.ts'
import { type RetryDelays, secondsUntilNextProbe } from './schedule.ts'

/** Stands for all destinations where a smart host takes everything. */
export const EVERY_DESTINATION = '*'

const COUNT = {
  name: 'queue-destination-failed',
  text: `INSERT INTO unreachable_destinations (domain, failures, next_probe_at) VALUES ($1, 1, now())
ON CONFLICT (domain) DO UPDATE SET failures = unreachable_destinations.failures + 1
RETURNING failures`,
}

const POSTPONE = {
  name: 'queue-destination-postpone',
  text: `UPDATE unreachable_destinations SET next_probe_at = now() + $2::float8 * interval '1 second' WHERE domain = $1`,
}

/** Counts a failure to connect, and says when the next look is due. */
export async function noteUnreachable(queryable: Queryable, destination: string, rules: RetryDelays): Promise<void> {
  const [row] = await queryable.query<{ failures: number }>(COUNT, [destination])
  await queryable.query(POSTPONE, [destination, secondsUntilNextProbe(row?.failures ?? 1, rules)])
}

const FORGET = {
  name: 'queue-destination-reached',
  text: 'DELETE FROM unreachable_destinations WHERE domain = $1',
}

/** It answers again. */
export async function noteReachable(queryable: Queryable, destination: string): Promise<void> {
  await queryable.query(FORGET, [destination])
}
