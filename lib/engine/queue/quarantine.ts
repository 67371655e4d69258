/**
 * A message whose bytes are not those that were accepted any more: nothing of it is sent. What waits of it is held and
 * marked, for an operator to see; all other mail goes on.
 */
import { appendSystemAudit } from '#lib/audit/append-system-audit.ts'
import type { Database } from '#lib/db/database.ts'

export class MessageDamaged extends Error {
  constructor(messageId: number) {
    super(`the bytes of queued message ${messageId} are not those that were accepted; it is held`)
  }
}

const MARK = {
  name: 'queue-mark-damaged',
  text: `UPDATE queued_messages SET damaged_at = now() WHERE id = $1 AND damaged_at IS NULL RETURNING mailbox_id`,
}

const HOLD = {
  name: 'queue-hold-damaged',
  text: `UPDATE queued_recipients SET state = 'HELD', leased_until = NULL
WHERE message_id = $1 AND state = 'WAITING' AND cancel_requested_at IS NULL`,
}

/** Other recipients of a message that is marked already are held without another record. */
export async function quarantine(database: Database, messageId: number): Promise<void> {
  await database.transaction(async (transaction) => {
    const [marked] = await transaction.query<{ mailbox_id: number | null }>(MARK, [messageId])
    await transaction.query(HOLD, [messageId])
    if (marked === undefined) return
    await appendSystemAudit(transaction, {
      action: 'queue.quarantine',
      subject: `queuedMessage:${messageId}`,
      mailboxId: marked.mailbox_id,
      reason: '',
      details: {},
    })
  })
}
