/**
 * Which mail programs people really use here, counted without names: after a login, the program that said what it is.
 *
 * Guarantees: only programs of the catalogue are noted, with the first number of their version and the day. Who it was
 * is kept as an HMAC of mailbox and program under a key of the site: enough to count different people, for whoever
 * steals the database nothing to follow. A login never waits for it; what a crash loses is half a second of notes.
 */
import { createHmac, createSecretKey, hkdfSync } from 'node:crypto'
import { byteaArray, textArray } from '#lib/db/binary-array.ts'
import type { Database } from '#lib/db/database.ts'
import { recogniseClient } from '#lib/evidence/recognise-client.ts'

export interface Sightings {
  /** @param saysToBe what the program says of itself, as it came from the wire */
  note(mailboxId: number, saysToBe: string): void
  /** Writes what is still waiting. */
  close(): Promise<void>
}

type Sighting = { readonly clientId: string; readonly version: string; readonly witness: Buffer }

const WRITE_EVERY_MS = 250
const MAX_WAITING = 10_000
const WITNESS_BYTES = 16

// In the order of the key, so that two processes that write at once lock the rows in the same order.
const WRITE = {
  name: 'sightings-write',
  text: `
INSERT INTO client_sightings AS s (client_id, version, witness, last_day)
SELECT client_id, version, witness, (now() AT TIME ZONE 'Asia/Tokyo')::date
FROM unnest($1::text[], $2::text[], $3::bytea[]) AS t(client_id, version, witness) ORDER BY client_id, witness
ON CONFLICT (client_id, witness) DO UPDATE SET version = excluded.version, last_day = excluded.last_day
WHERE s.last_day < excluded.last_day OR s.version <> excluded.version`,
}

export function openSightings(database: Database, masterKey: Buffer): Sightings {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', masterKey, '', 'client-sightings', 32)))
  const waiting = new Map<string, Sighting>()
  let timer: NodeJS.Timeout | undefined

  async function write(): Promise<void> {
    timer = undefined
    const all = [...waiting.values()]
    waiting.clear()
    const clientIds = textArray(all.map(({ clientId }) => clientId))
    const versions = textArray(all.map(({ version }) => version))
    const witnesses = byteaArray(all.map(({ witness }) => witness))
    // A database that is away loses these notes and nothing else.
    await database.query(WRITE, [clientIds, versions, witnesses]).catch(() => {})
  }

  return {
    note(mailboxId, saysToBe) {
      const recognised = recogniseClient(saysToBe)
      if (recognised === null || waiting.size >= MAX_WAITING) return
      const { clientId } = recognised
      const witness = createHmac('sha256', key).update(`${mailboxId}:${clientId}`).digest().subarray(0, WITNESS_BYTES)
      waiting.set(witness.toString('base64url'), { ...recognised, witness })
      timer ??= setTimeout(() => void write(), WRITE_EVERY_MS)
    },
    async close() {
      clearTimeout(timer)
      if (waiting.size > 0) await write()
    },
  }
}
