/**
 * One row for each mailbox and day of Japan: how full it was, how much it sent, how often it was refused. Engine workers
 * write it again and again while the day lasts, from counters and events that are kept for less long.
 *
 * Guarantees: however many workers do it, a day's row says what the last of them found; a day that is over is put right
 * once more on the day after. Who wrote to whom is in none of it.
 */
import type { Queryable } from '#lib/db/database.ts'
import { purging } from '#lib/retention/note-run.ts'

const SAMPLE = {
  name: 'usage-sample',
  text: `
WITH days AS (
  SELECT day, day::timestamp AT TIME ZONE 'Asia/Tokyo' AS begins, (day + 1)::timestamp AT TIME ZONE 'Asia/Tokyo' AS ends
  FROM (SELECT (now() AT TIME ZONE 'Asia/Tokyo')::date - back AS day FROM generate_series(0, 1) AS back) d
), sent AS (
  SELECT c.mailbox_id, d.day, sum(c.recipients)::int4 AS count
  FROM days d JOIN sending_counters c ON c.subject = '' AND c.hour >= d.begins AND c.hour < d.ends GROUP BY 1, 2
), refused AS (
  SELECT e.mailbox_id, d.day, count(*)::int4 AS count
  FROM days d JOIN protocol_events e ON e.at >= d.begins AND e.at < d.ends
  WHERE e.kind = 'refusal' AND e.mailbox_id IS NOT NULL GROUP BY 1, 2
)
INSERT INTO usage_samples AS u (mailbox_id, day, used_bytes, sent, refused)
SELECT m.id, d.day, m.used_bytes, coalesce(s.count, 0), coalesce(r.count, 0)
FROM mailboxes m CROSS JOIN days d
LEFT JOIN sent s ON s.mailbox_id = m.id AND s.day = d.day
LEFT JOIN refused r ON r.mailbox_id = m.id AND r.day = d.day
WHERE m.created_at < d.ends
ON CONFLICT (mailbox_id, day) DO UPDATE
SET used_bytes = CASE WHEN u.day = (now() AT TIME ZONE 'Asia/Tokyo')::date THEN excluded.used_bytes ELSE u.used_bytes END,
    sent = greatest(u.sent, excluded.sent), refused = greatest(u.refused, excluded.refused)
WHERE (u.used_bytes, u.sent, u.refused) IS DISTINCT FROM (excluded.used_bytes, excluded.sent, excluded.refused)`,
}

export async function sampleUsage(database: Queryable): Promise<void> {
  await database.query(SAMPLE, [])
}

const purge = purging('usageSamples', 'DELETE FROM usage_samples WHERE day < now()::date - $1::int4')

export async function purgeUsageSamples(database: Queryable, keepDays: number): Promise<void> {
  await database.query(purge, [keepDays])
}
