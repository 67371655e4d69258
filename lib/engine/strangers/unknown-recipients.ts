/**
 * How often a host from outside has named recipients that do not exist: whoever harvests addresses does little else.
 *
 * Guarantees: nobody waits for the database. A worker knows at once what it has seen itself, and within LOOK_MS what the
 * others have; a day after the first such recipient the count begins anew. Messages that a host delivered are counted
 * beside, so that a large provider with some stale addresses is told from a harvester. A database that is away makes
 * counts wait, in bounded memory.
 */
import type { Queryable } from '#lib/db/database.ts'
import type { StrangerConduct } from '#lib/policy/stranger-rules.ts'
import { originOf } from '../runtime/minute-counter.ts'
import { runRegularly } from '../runtime/run-regularly.ts'

export interface UnknownRecipients {
  noteUnknown(address: string): void
  noteDelivered(address: string): void
  conductOf(address: string): StrangerConduct
  close(): Promise<void>
}

const LOOK_MS = 2_000
const MAX_UNWRITTEN = 10_000
const MAX_KNOWN = 50_000
/** Who has named fewer is of no interest to the other workers: no policy may be stricter. */
const FEW = 10

const WRITE = {
  name: 'unknown-recipients-write',
  text: `
    INSERT INTO unknown_recipient_counts AS c (origin, began_at, unknown, delivered)
    SELECT origin, now(), unknown, delivered FROM json_to_recordset($1) AS row(origin text, unknown int4, delivered int4)
    ORDER BY origin
    ON CONFLICT (origin) DO UPDATE SET
      began_at = CASE WHEN c.began_at > now() - interval '1 day' THEN c.began_at ELSE now() END,
      unknown = excluded.unknown + CASE WHEN c.began_at > now() - interval '1 day' THEN c.unknown ELSE 0 END,
      delivered = excluded.delivered + CASE WHEN c.began_at > now() - interval '1 day' THEN c.delivered ELSE 0 END`,
}

const READ = {
  name: 'unknown-recipients-read',
  text: `
    SELECT origin, unknown, delivered,
      ceil(extract(epoch FROM began_at + interval '1 day' - now()))::int4 AS "waitSeconds"
    FROM unknown_recipient_counts
    WHERE unknown >= $1 AND began_at > now() - interval '1 day'
    ORDER BY unknown DESC LIMIT $2`,
}

type Counts = Pick<StrangerConduct, 'unknown' | 'delivered'>
const nothing: StrangerConduct = { unknown: 0, delivered: 0, waitSeconds: 0 }
const DAY_SECONDS = 86_400

export function openUnknownRecipients(database: Queryable, onFault: (error: unknown) => void): UnknownRecipients {
  let known = new Map<string, StrangerConduct>()
  const unwritten = new Map<string, Counts>()

  function add(origin: string, unknown: number, delivered: number): void {
    const before = unwritten.get(origin) ?? nothing
    // The one that has been silent for the longest time is the first to be forgotten.
    unwritten.delete(origin)
    const [oldest] = unwritten.keys()
    if (oldest !== undefined && unwritten.size >= MAX_UNWRITTEN) unwritten.delete(oldest)
    unwritten.set(origin, { unknown: before.unknown + unknown, delivered: before.delivered + delivered })
  }

  /** Who has only delivered is remembered here and costs no row. @returns what has been written */
  async function write(): Promise<ReadonlyMap<string, Counts>> {
    const written = new Map([...unwritten].filter(([, { unknown }]) => unknown > 0))
    const rows = [...written].map(([origin, counts]) => ({ origin, ...counts }))
    if (rows.length > 0) await database.query(WRITE, [JSON.stringify(rows)])
    return written
  }

  async function read(): Promise<Map<string, StrangerConduct>> {
    const rows = await database.query<{ origin: string } & StrangerConduct>(READ, [FEW, MAX_KNOWN])
    return new Map(rows.map(({ origin, ...conduct }) => [origin, conduct]))
  }

  async function look(): Promise<void> {
    const written = await write()
    try {
      known = await read()
    } finally {
      for (const [origin, { unknown, delivered }] of written) add(origin, -unknown, -delivered)
    }
  }

  const looking = runRegularly({ everyMs: LOOK_MS, work: look, onFault, startsAtOnce: true })
  return {
    noteUnknown: (address) => add(originOf(address), 1, 0),
    noteDelivered: (address) => add(originOf(address), 0, 1),
    conductOf(address) {
      const origin = originOf(address)
      const before = known.get(origin) ?? nothing
      const since = unwritten.get(origin) ?? nothing
      return {
        unknown: before.unknown + since.unknown,
        delivered: before.delivered + since.delivered,
        waitSeconds: before.waitSeconds || DAY_SECONDS,
      }
    },
    async close() {
      await looking.close()
      await write().catch(onFault)
    },
  }
}
