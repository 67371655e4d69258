/**
 * Which device came by which host and door, counted by day: what the radar for the old host, the board of the move and
 * the dry run of a cut-over read. Noted at every login and every message of a RelayWindow, written in batches: nobody
 * waits for it, and what a crash loses is half a second of counting.
 */
import type { Database } from '#lib/db/database.ts'
import type { OldHostSign } from '#lib/mail/old-host.ts'
import type { ListenerName } from '#lib/policy/schema.ts'

export type HostUse = {
  readonly mailboxId: number
  readonly credentialId: string
  readonly listener: ListenerName
  /** how it logged in; "POP before SMTP" for what a RelayWindow sent */
  readonly mechanism: string
  readonly tls: boolean
  /** null: it came by the new name */
  readonly oldHostSign: OldHostSign | null
  /** the old host did not serve it any more */
  readonly wasRefused: boolean
  readonly clientName: string | null
}

export interface HostUses {
  note(use: HostUse): void
  /** A device says what it is after it has logged in. */
  nameClient(device: Pick<HostUse, 'mailboxId' | 'credentialId' | 'listener'>, clientName: string): void
  /** Writes what is still waiting. */
  close(): Promise<void>
}

type Waiting = HostUse & { readonly at: Date; readonly count: number }

const WRITE_EVERY_MS = 500
const MAX_WAITING = 10_000

// In the order of the key, so that two processes that write at once lock the rows in the same order.
const WRITE = {
  name: 'host-uses-write',
  text: `
    INSERT INTO host_uses AS u (mailbox_id, credential_id, day, listener, mechanism, tls, is_old_host, sign, count, refused_count, first_at, last_at, client_name)
    SELECT mailbox_id, credential_id, (at AT TIME ZONE 'Asia/Tokyo')::date, listener, mechanism, tls, sign IS NOT NULL, sign,
           count, CASE WHEN refused THEN count ELSE 0 END, at, at, client_name
    FROM json_to_recordset($1) AS t(mailbox_id int4, credential_id uuid, listener text, mechanism text, tls bool, sign text,
      refused bool, count int4, at timestamptz, client_name text)
    WHERE EXISTS (SELECT FROM mailboxes m WHERE m.id = t.mailbox_id)
    ORDER BY mailbox_id, credential_id, listener, mechanism, tls, sign IS NOT NULL
    ON CONFLICT (mailbox_id, credential_id, day, listener, mechanism, tls, is_old_host) DO UPDATE
    SET count = u.count + excluded.count, refused_count = u.refused_count + excluded.refused_count,
        last_at = greatest(u.last_at, excluded.last_at), sign = excluded.sign,
        client_name = coalesce(excluded.client_name, u.client_name)`,
}

const NAME = {
  name: 'host-uses-name-client',
  text: `
    UPDATE host_uses SET client_name = $4
    WHERE mailbox_id = $1 AND credential_id = $2::uuid AND listener = $3 AND day = (now() AT TIME ZONE 'Asia/Tokyo')::date`,
}

export function recordHostUses(database: Database, now: () => Date = () => new Date()): HostUses {
  let waiting = new Map<string, Waiting>()
  let names: unknown[][] = []
  let timer: NodeJS.Timeout | undefined

  async function write(): Promise<void> {
    timer = undefined
    const uses = [...waiting.values()]
    const named = names
    waiting = new Map()
    names = []
    const batches = [uses.filter(({ wasRefused }) => wasRefused), uses.filter(({ wasRefused }) => !wasRefused)]
    for (const batch of batches) {
      // A database that is away loses these notes and nothing else.
      if (batch.length > 0) await database.query(WRITE, [JSON.stringify(batch.map(rowOf))]).catch(() => {})
    }
    for (const values of named) await database.query(NAME, values).catch(() => {})
  }

  function note(use: HostUse): void {
    const { mailboxId, credentialId, listener, mechanism, tls, oldHostSign, wasRefused } = use
    const key = [mailboxId, credentialId, listener, mechanism, tls, oldHostSign !== null, wasRefused].join(' ')
    const known = waiting.get(key)
    if (known === undefined && waiting.size >= MAX_WAITING) return
    const clientName = use.clientName ?? known?.clientName ?? null
    waiting.set(key, { ...use, clientName, at: now(), count: 1 + (known?.count ?? 0) })
    timer ??= setTimeout(() => void write(), WRITE_EVERY_MS)
  }

  return {
    note,
    nameClient({ mailboxId, credentialId, listener }, clientName) {
      if (names.length < MAX_WAITING) names.push([mailboxId, credentialId, listener, clientName])
      timer ??= setTimeout(() => void write(), WRITE_EVERY_MS)
    },
    async close() {
      clearTimeout(timer)
      await write()
    },
  }
}

function rowOf({ mailboxId, credentialId, oldHostSign, wasRefused, clientName, ...use }: Waiting) {
  const row = { mailbox_id: mailboxId, credential_id: credentialId, sign: oldHostSign, refused: wasRefused }
  return { ...use, ...row, client_name: clientName }
}
