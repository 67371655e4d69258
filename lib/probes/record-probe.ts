/** Probes at rest: counts in buckets of five minutes, kept for ninety days. */
import type { Queryable } from '#lib/db/database.ts'
import type { ServiceName } from '#lib/maintenance/services.ts'
import { purging } from '#lib/retention/note-run.ts'
import { keepProbesDays } from '#lib/retention/retention-kinds.ts'

const RECORD = {
  name: 'probe-record',
  text: `
INSERT INTO service_probes (service, bucket, good, failed, last_at, last_good)
VALUES ($1, to_timestamp(floor(extract(epoch FROM now()) / 300) * 300), $2::int, 1 - $2::int, now(), $2::int = 1)
ON CONFLICT (service, bucket) DO UPDATE SET
  good = service_probes.good + EXCLUDED.good, failed = service_probes.failed + EXCLUDED.failed,
  last_at = EXCLUDED.last_at, last_good = EXCLUDED.last_good`,
}
const FORGET = purging('probes', 'DELETE FROM service_probes WHERE bucket < now() - make_interval(days => $1)')
const CLOSED = {
  name: 'probe-closed',
  text: `
SELECT DISTINCT unnest(services) AS service FROM maintenance_windows
WHERE starts_at <= now() AND ended_at IS NULL AND (ends_at > now() OR begun_at IS NOT NULL)`,
}

export async function recordProbe(database: Queryable, service: ServiceName, isGood: boolean): Promise<void> {
  await database.query(RECORD, [service, isGood ? 1 : 0])
}

export async function forgetOldProbes(database: Queryable): Promise<void> {
  await database.query(FORGET, [keepProbesDays])
}

/** What answers "try again later" because it was told to is not broken. */
export async function closedServices(database: Queryable): Promise<ReadonlySet<string>> {
  const rows = await database.query<{ service: string }>(CLOSED, [])
  return new Set(rows.map(({ service }) => service))
}
