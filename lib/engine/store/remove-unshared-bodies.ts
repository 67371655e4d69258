import type { Queryable } from '#lib/db/database.ts'

const REMOVE = {
  name: 'bodies-remove-unshared',
  text: `
DELETE FROM bodies b
WHERE b.mailbox_id = $1 AND b.id = ANY($2::int8[])
  AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.mailbox_id = $1 AND m.body_id = b.id)`,
}

/**
 * After messages were removed: bodies that no message refers to any more go with them. The caller holds the mailbox's
 * lock (lock-mailbox.ts) and removed the messages in an earlier statement of the same transaction.
 */
export async function removeUnsharedBodies(
  transaction: Queryable,
  mailboxId: number,
  bodyIds: readonly number[],
): Promise<void> {
  if (bodyIds.length > 0) await transaction.query(REMOVE, [mailboxId, bodyIds])
}
