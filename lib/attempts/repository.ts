/**
 * Attempts at rest. One counter for all doors: whoever checks a password, in whatever process, reads and writes here.
 *
 * Guarantees: a failure is stored before the client hears of it, so the next attempt through any door counts it; the
 * clock is the database's; a guess that is known to be wrong is not counted again within a day.
 * Bounded: what is older than a day goes, and of younger failures the newest million stay.
 */
import type { Queryable } from '#lib/db/database.ts'
import { type History, type HistoryRow, historyColumns, historyFrom, historyValues, knownDays } from './history.ts'
import type { Place } from './place.ts'

const MAX_FAILURES = 1_000_000

// A guess that ran out and was not purged yet begins anew.
const RECORD = {
  name: 'login-failure-record',
  text: `
    INSERT INTO login_failures AS l (guess, at, address, account) VALUES ($1, now(), $2::inet, $3)
    ON CONFLICT (guess) DO UPDATE SET at = excluded.at, address = excluded.address
    WHERE l.at <= now() - interval '1 day'
    RETURNING guess`,
}

const TAKE_BACK = { name: 'login-failure-take-back', text: 'DELETE FROM login_failures WHERE guess = $1' }

const READ = {
  name: 'login-history',
  text: `SELECT ${historyColumns('a.account', 3, '$2::bytea')} FROM (SELECT $1::text AS account) a`,
}

const REMEMBER = {
  name: 'known-device-remember',
  text: `
    INSERT INTO known_devices (account, network, device, last_seen_at) VALUES ($1, $2::inet, $3, now())
    ON CONFLICT (account, network, device) DO UPDATE SET last_seen_at = excluded.last_seen_at`,
}

const PURGE = {
  name: 'login-attempts-purge',
  text: `
    WITH devices AS (DELETE FROM known_devices WHERE last_seen_at <= now() - interval '${knownDays} days'),
    gone AS (DELETE FROM login_failures WHERE at <= greatest(
      now() - interval '1 day', (SELECT at FROM login_failures ORDER BY at DESC OFFSET $1 LIMIT 1)) RETURNING 1)
    SELECT count(*)::int4 AS removed FROM gone`,
}

export type Failure = {
  readonly guess: Buffer
  readonly account: string
  readonly place: Place
}

/** @returns false when this very guess was counted already */
export async function recordFailure(database: Queryable, failure: Failure): Promise<boolean> {
  const { guess, place, account } = failure
  return (await database.query(RECORD, [guess, place.address, account])).length > 0
}

export async function takeBackFailure(database: Queryable, guess: Buffer): Promise<void> {
  await database.query(TAKE_BACK, [guess])
}

/** @param except the attempt itself, where it was recorded before it was checked */
export async function readHistory(
  database: Queryable,
  account: string,
  place: Place,
  except: Buffer | null = null,
): Promise<History> {
  const [row] = await database.query<HistoryRow>(READ, [account, except, ...historyValues(place)])
  return historyFrom(row ?? { account, near: null, everywhere: null, devices: null }, place)
}

export async function rememberDevice(
  database: Queryable,
  { account, place }: Pick<History, 'account' | 'place'>,
  device: string,
): Promise<void> {
  await database.query(REMEMBER, [account, place.networkName, device])
}

/** @returns how many wrong passwords were forgotten */
export async function purgeAttempts(database: Queryable): Promise<number> {
  const [row] = await database.query<{ removed: number }>(PURGE, [MAX_FAILURES])
  return row?.removed ?? 0
}
