/**
 * POP before SMTP: a POP login opens a RelayWindow for exactly the address that it came from, for the mailbox that
 * logged in, for as long as the policy says (the notice: about 10 minutes).
 *
 * Guarantees: the window is in the database before the POP client hears "+OK", so whatever process serves its SMTP
 * connection knows it; time is the database's; only a new login renews it. A window whose credential was revoked or has
 * expired, whose mailbox was suspended or left this method counts as closed even before its row is gone.
 * How many mailboxes that send so are read from one address is counted for a day: the policy opens no window where
 * people share it.
 * Refuses: neighbours. An IPv6 window is for one /128, and an IPv4-mapped address is its IPv4 address.
 */
import ipaddr from 'ipaddr.js'
import type { Queryable } from '#lib/db/database.ts'
import type { Identity } from './identity.ts'

export type OpenWindow = {
  readonly mailboxId: number
  readonly credentialId: string
  /** what may be written as the sender, lower case */
  readonly addresses: readonly string[]
  readonly openedAt: Date
  readonly expiresAt: Date
}

export interface RelayWindows {
  /** @returns when the window ends; null when the right to it ended between the login and now */
  open(identity: Identity, address: string, windowSeconds: number): Promise<Date | null>
  /** The windows that are open for this address now: more than one household may share it. */
  find(address: string): Promise<OpenWindow[]>
  /** Remembers that this mailbox, which sends so, was read from there. @returns how many were, in the last 24 hours */
  noteUse(mailboxId: number, address: string): Promise<number>
  /** @returns how many mailboxes that send so were read from there in the last 24 hours */
  countUses(address: string): Promise<number>
}

const ENTITLED = `
FROM mailboxes m JOIN credentials c ON c.mailbox_id = m.id
WHERE m.pop_before_smtp AND m.suspended_at IS NULL
  AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > now())`

// The mailbox's windows that are over go at the same time: a telephone that changes its address leaves many.
const OPEN = {
  name: 'relay-window-open',
  text: `
WITH swept AS (
  DELETE FROM relay_windows WHERE mailbox_id = $1 AND address <> $2::inet AND expires_at <= now()
)
INSERT INTO relay_windows (mailbox_id, address, credential_id, opened_at, expires_at)
SELECT m.id, $2::inet, c.id, now(), now() + make_interval(secs => $4) ${ENTITLED} AND m.id = $1 AND c.id = $3::uuid
ON CONFLICT (mailbox_id, address) DO UPDATE
SET credential_id = excluded.credential_id, opened_at = excluded.opened_at, expires_at = excluded.expires_at
RETURNING expires_at`,
}

const FIND = {
  name: 'relay-window-find',
  text: `
SELECT w.mailbox_id, w.credential_id, w.opened_at, w.expires_at, m.address,
       ARRAY(SELECT a.address FROM aliases a WHERE a.mailbox_id = m.id) AS aliases
FROM relay_windows w, LATERAL (SELECT m.id, m.address ${ENTITLED} AND m.id = w.mailbox_id AND c.id = w.credential_id) m
WHERE w.address = $1::inet AND w.expires_at > now()`,
}

const NOTE_USE = {
  name: 'relay-window-note-use',
  text: `
WITH noted AS (
  INSERT INTO address_uses AS u (address, mailbox_id) VALUES ($1::inet, $2)
  ON CONFLICT (address, mailbox_id) DO UPDATE SET at = now() WHERE u.at < now() - interval '10 minutes'
)
SELECT 1 + count(*)::int4 AS mailboxes FROM address_uses u
WHERE u.address = $1::inet AND u.mailbox_id <> $2 AND u.at > now() - interval '24 hours'`,
}

const COUNT_USES = {
  name: 'relay-window-count-uses',
  text: `
SELECT count(*)::int4 AS mailboxes FROM address_uses u WHERE u.address = $1::inet AND u.at > now() - interval '24 hours'`,
}

const CLOSE_ALL = { name: 'relay-window-close-all', text: 'DELETE FROM relay_windows' }

type FoundRow = {
  mailbox_id: number
  credential_id: string
  opened_at: Date
  expires_at: Date
  address: string
  aliases: string[]
}

export function createRelayWindows(database: Queryable): RelayWindows {
  return {
    async open({ mailboxId, credentialId }, address, windowSeconds) {
      const values = [mailboxId, exactly(address), credentialId, windowSeconds]
      const [row] = await database.query<{ expires_at: Date }>(OPEN, values)
      return row?.expires_at ?? null
    },
    async find(address) {
      const rows = await database.query<FoundRow>(FIND, [exactly(address)])
      return rows.map((row) => ({
        mailboxId: row.mailbox_id,
        credentialId: row.credential_id,
        addresses: [row.address, ...row.aliases],
        openedAt: row.opened_at,
        expiresAt: row.expires_at,
      }))
    },
    async noteUse(mailboxId, address) {
      const [row] = await database.query<{ mailboxes: number }>(NOTE_USE, [exactly(address), mailboxId])
      return row?.mailboxes ?? 0
    },
    async countUses(address) {
      const [row] = await database.query<{ mailboxes: number }>(COUNT_USES, [exactly(address)])
      return row?.mailboxes ?? 0
    },
  }
}

/** At the start of the service: addresses may have changed hands while nobody looked. */
export async function closeAllRelayWindows(database: Queryable): Promise<void> {
  await database.query(CLOSE_ALL, [])
}

function exactly(address: string): string {
  return ipaddr.process(address).toString()
}
