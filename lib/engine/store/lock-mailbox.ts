/**
 * The first lock of everything that changes which messages a mailbox has. Who takes it may then touch folders, messages
 * and bodies in any order without deadlock, and sees every body reference that another committed before.
 *
 * It is a statement of its own: the statements after it read from a newer snapshot (READ COMMITTED), so that two
 * sessions which remove the last two copies of a message do not both believe that the other's copy remains.
 */
import type { Queryable } from '#lib/db/database.ts'

const LOCK = {
  name: 'mailbox-lock',
  text: 'SELECT quota_bytes <= used_bytes AS "isFull" FROM mailboxes WHERE id = $1 FOR NO KEY UPDATE',
}

export async function lockMailbox(transaction: Queryable, mailboxId: number): Promise<{ isFull: boolean }> {
  const [row] = await transaction.query<{ isFull: boolean }>(LOCK, [mailboxId])
  if (!row) throw new Error(`mailbox ${mailboxId} is gone`)
  return row
}
