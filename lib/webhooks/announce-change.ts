/**
 * The outbox of webhooks: what the audit trail records is put down for every endpoint that wants to hear of it, in the
 * transaction that does the thing. Nothing is sent here; an engine worker does (lib/engine/webhooks).
 */
import type { Queryable } from '#lib/db/database.ts'
import { isWebhookType } from './webhook-types.ts'

/** Of an audit record, what may leave the house: never who did it nor why. */
export type Change = {
  readonly action: string
  readonly subject: string
  readonly mailboxId: number | null
  readonly details: Readonly<Record<string, unknown>>
}

const PUT = {
  name: 'webhook-put',
  text: `
INSERT INTO webhook_deliveries (id, endpoint_id, type, body)
SELECT gen_random_uuid(), e.id, $1, $2 FROM webhook_endpoints e WHERE e.removed_at IS NULL AND $1 = ANY(e.types)`,
}

/** The form of Standard Webhooks: type, timestamp and data. */
export async function announceChange(transaction: Queryable, change: Change, at: Date): Promise<void> {
  const { action: type, subject, mailboxId, details } = change
  if (!isWebhookType(type)) return
  const body = JSON.stringify({ type, timestamp: at.toISOString(), data: { subject, mailboxId, details } })
  await transaction.query(PUT, [type, body])
}
