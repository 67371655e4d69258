/**
 * Counts how sessions to each destination were secured or were not, by day: the figures of TLS reports (RFC 8460 §4.3).
 *
 * A count that cannot be written is lost; mail does not wait for it.
 */
import type { Queryable } from '#lib/db/database.ts'
import { purging } from '#lib/retention/note-run.ts'
import type { TlsFailure } from '../relay/tls-failure.ts'
import type { DomainPolicy, PolicyFailure } from './domain-policies.ts'

export type TlsResult = {
  readonly domain: string
  readonly policy: DomainPolicy['mode']
  readonly result: 'success' | TlsFailure | PolicyFailure
}

export type CountTlsResult = (result: TlsResult) => void

const COUNT = {
  name: 'tls-result-count',
  text: `INSERT INTO tls_results (day, domain, policy, result, sessions)
VALUES ((now() AT TIME ZONE 'UTC')::date, $1, $2, $3, 1)
ON CONFLICT (day, domain, policy, result) DO UPDATE SET sessions = tls_results.sessions + 1`,
}

export function countTlsResults(database: Queryable, onFault: (error: unknown) => void): CountTlsResult {
  return ({ domain, policy, result }) => {
    void database.query(COUNT, [domain, policy, result]).catch(onFault)
  }
}

const PURGE = purging('tlsResults', `DELETE FROM tls_results WHERE day < now() - $1::float8 * interval '1 day'`)

export async function purgeTlsResults(database: Queryable, retentionDays: number): Promise<void> {
  await database.query(PURGE, [retentionDays])
}
