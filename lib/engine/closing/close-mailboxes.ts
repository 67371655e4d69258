/**
 * Deletes mailboxes whose waiting time is over: one run shuts a mailbox, a later one removes it, when the sessions that
 * were ended have written down what they still had to say.
 *
 * Guarantees: from the first commit on nobody logs in, and mail to the mailbox is refused; a crash in between leaves it
 * so, and the next run goes on. At the end nothing of it is left but its records in the audit trail, which name it by a
 * number, and digests of its addresses, which keep others from getting them. Mail of it that waits to be sent is given up.
 */
import { addressDigest } from '#lib/accounts/address-digest.ts'
import { appendSystemAudit } from '#lib/audit/append-system-audit.ts'
import type { Database, Queryable } from '#lib/db/database.ts'

const ROWS_AT_ONCE = 500

const DUE = {
  name: 'closing-due',
  text: `SELECT id, address LIKE '%@invalid' AS "isShut" FROM mailboxes WHERE closes_at < now() ORDER BY id LIMIT 20`,
}

// The address is moved out of the way first, so that nothing more is delivered while the rows go in batches.
const SHUT = {
  name: 'closing-shut',
  text: `
WITH gone AS (DELETE FROM aliases WHERE mailbox_id = $1 RETURNING address), revoked AS (
  UPDATE credentials SET revoked_at = coalesce(revoked_at, now()), sealed_key = NULL, sealed_secret = NULL
  WHERE mailbox_id = $1
), released AS (
  UPDATE mailboxes m SET address = 'closed-' || m.id || '@invalid', login = 'closed-' || m.id, display_name = ''
  FROM mailboxes old WHERE m.id = $1 AND old.id = m.id AND m.closes_at < now() RETURNING old.address
)
SELECT address FROM gone UNION ALL SELECT address FROM released WHERE address NOT LIKE '%@invalid'`,
}

const WITHHOLD = {
  name: 'closing-withhold',
  text: `INSERT INTO released_addresses (digest, mailbox_id) VALUES ($1, $2)
ON CONFLICT (digest) DO UPDATE SET mailbox_id = excluded.mailbox_id, released_at = now()`,
}

const batches = [
  'messages|mailbox_id|mailbox_id, folder_id, uid',
  'bodies|mailbox_id|mailbox_id, id',
  'expunged_messages|mailbox_id|mailbox_id, folder_id, uid',
  'queued_messages|mailbox_id|id',
  'owner_notices|mailbox_id|id',
  'protocol_events|mailbox_id|id',
  'correspondents|mailbox_id|mailbox_id, digest',
  'sending_counters|mailbox_id|mailbox_id, subject, hour',
  'sending_trips|mailbox_id|mailbox_id, hour',
  'address_uses|mailbox_id|address, mailbox_id',
].map((entry) => {
  const [table, owner, key] = entry.split('|')
  return {
    name: `closing-${table}`,
    text: `WITH batch AS (SELECT ${key} FROM ${table} WHERE ${owner} = $1 LIMIT ${ROWS_AT_ONCE})
DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM batch) RETURNING 1`,
  }
})

const TELL = { name: 'closing-tell', text: "SELECT pg_notify('access_changed', $1)" }

const FORGET = [
  { name: 'closing-failures', text: `DELETE FROM login_failures WHERE account = 'mailbox:' || $1::int4` },
  { name: 'closing-devices', text: `DELETE FROM known_devices WHERE account = 'mailbox:' || $1::int4` },
]

// Folders, credentials, recipes and all the rest go with it.
const END = { name: 'closing-end', text: 'DELETE FROM mailboxes WHERE id = $1 RETURNING customer_id AS "customerId"' }

const LAST_ONE = {
  name: 'closing-customer',
  text: `
WITH people AS (
  DELETE FROM portal_accounts WHERE customer_id = $1 AND role = 'SUBSCRIBER'
  AND NOT EXISTS (SELECT FROM mailboxes WHERE customer_id = $1)
)
DELETE FROM contacts WHERE customer_id = $1 AND NOT EXISTS (SELECT FROM mailboxes WHERE customer_id = $1)`,
}

export async function closeMailboxes(database: Database, masterKey: Buffer): Promise<void> {
  for (const { id, isShut } of await database.query<{ id: number; isShut: boolean }>(DUE, [])) {
    if (isShut) await removeMailbox(database, id)
    else await database.transaction((transaction) => shut(transaction, masterKey, id))
  }
}

async function removeMailbox(database: Database, mailboxId: number): Promise<void> {
  await removeRows(database, mailboxId)
  await database.transaction(async (transaction) => {
    const [ended] = await transaction.query<{ customerId: string }>(END, [mailboxId])
    if (ended === undefined) return
    // A delivery locks the mailbox first: what one brought meanwhile is there by now, and another finds no mailbox.
    await removeRows(transaction, mailboxId)
    for (const forget of FORGET) await transaction.query(forget, [mailboxId])
    await transaction.query(LAST_ONE, [ended.customerId])
    const subject = `mailbox:${mailboxId}`
    await appendSystemAudit(transaction, { action: 'mailbox.close', subject, mailboxId, reason: '', details: {} })
  })
}

async function removeRows(database: Queryable, mailboxId: number): Promise<void> {
  for (const batch of batches) {
    let removed: unknown[]
    do removed = await database.query(batch, [mailboxId])
    while (removed.length > 0)
  }
}

async function shut(transaction: Queryable, masterKey: Buffer, mailboxId: number): Promise<void> {
  for (const { address } of await transaction.query<{ address: string }>(SHUT, [mailboxId])) {
    await transaction.query(WITHHOLD, [addressDigest(masterKey, address), mailboxId])
  }
  await transaction.query(TELL, [String(mailboxId)])
}
