/**
 * Writes events in batches, behind the sessions' backs.
 *
 * Guarantees: whoever records an event never waits; events reach the table within about 150 ms; a database that is
 * away makes them wait, in bounded memory; what does not fit is dropped and counted.
 * Does not promise that an event survives a crash of this process: mail does, its commentary need not.
 */
import type { Queryable } from '#lib/db/database.ts'
import type { Mishap } from '#lib/mail/mishap.ts'

export type EventKind = 'login' | 'refusal' | 'accepted' | 'relayWindowOpened' | 'sessionEnded' | 'mishap'

/** A row of protocol_events, under the names of its columns. */
export type EventRow = {
  readonly at: Date
  readonly session_id: string
  readonly kind: EventKind
  readonly listener: string
  readonly address: string
  readonly tls_version: string | null
  readonly mailbox_id: number | null
  readonly credential_id: string | null
  readonly login_name: string | null
  readonly mechanism: string | null
  readonly reply_code: string | null
  readonly enhanced_status: string | null
  readonly reason: string | null
  readonly detail: string
  readonly transcript: readonly string[]
  readonly policy_version: number | null
  /** the name that the client asked for (SNI) */
  readonly server_name: string | null
  readonly mishap: Mishap | null
  /** of a visitor's code, as \\x and hexadecimal digits */
  readonly check_hash: string | null
  /** of an accepted message */
  readonly size_bytes: number | null
  readonly recipients: number | null
}

export interface EventWriter {
  write(row: EventRow): void
  readonly droppedCount: number
  /** Writes what is still waiting, once. */
  close(): Promise<void>
}

const WRITE_AFTER_MS = 100
const RETRY_AFTER_MS = 1_000
const MAX_BATCH_ROWS = 500
const MAX_WAITING_ROWS = 10_000

// One JSON document instead of twenty-one arrays: it carries NULLs and arrays of arrays, and is made by native code.
const INSERT = {
  name: 'events-insert',
  text: `
    INSERT INTO protocol_events (at, session_id, kind, listener, address, tls_version, mailbox_id, credential_id,
      login_name, mechanism, reply_code, enhanced_status, reason, detail, transcript, policy_version, server_name, mishap, check_hash,
      size_bytes, recipients)
    SELECT * FROM json_to_recordset($1) AS row(at timestamptz, session_id uuid, kind text, listener text, address inet,
      tls_version text, mailbox_id int4, credential_id uuid, login_name text, mechanism text, reply_code text,
      enhanced_status text, reason text, detail text, transcript text[], policy_version int4,
      server_name text, mishap text, check_hash bytea, size_bytes int4, recipients int4)`,
}

export function openEventWriter(database: Queryable, onFault: (error: unknown) => void): EventWriter {
  const waiting: EventRow[] = []
  let droppedCount = 0
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let isClosed = false

  /** @returns false when the database is away and the batch waits again */
  async function writeBatch(): Promise<boolean> {
    const batch = waiting.splice(0, MAX_BATCH_ROWS)
    try {
      await database.query(INSERT, [JSON.stringify(batch)])
      return true
    } catch (error) {
      onFault(error)
      if (isRowFault(error)) droppedCount += batch.length
      else {
        waiting.unshift(...batch)
        return false
      }
      return true
    }
  }

  async function writeAll(): Promise<void> {
    let goesWell = true
    while (goesWell && waiting.length > 0) goesWell = await writeBatch()
    timer = undefined
    if (waiting.length > 0 && !isClosed) schedule(RETRY_AFTER_MS)
  }

  function schedule(delayMs: number): void {
    timer = setTimeout(() => {
      writing = writeAll()
    }, delayMs)
  }

  return {
    write(row) {
      if (waiting.length >= MAX_WAITING_ROWS) {
        droppedCount += 1
        return
      }
      waiting.push(row)
      if (timer === undefined && !isClosed) schedule(WRITE_AFTER_MS)
    },
    get droppedCount() {
      return droppedCount
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      await writing
      await writeAll()
    },
  }
}

/** SQLSTATE classes 22 and 23: a row that the table cannot take; it would fail for ever. */
function isRowFault(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && /^2[23]/.test(code)
}
