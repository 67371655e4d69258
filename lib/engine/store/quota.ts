/** How much a mailbox holds and how much it may hold (RFC 9208 STORAGE). */
import type { Queryable } from '#lib/db/database.ts'

export type Quota = { readonly usedBytes: number; readonly limitBytes: number }

const READ = {
  name: 'quota-read',
  text: 'SELECT used_bytes AS "usedBytes", quota_bytes AS "limitBytes" FROM mailboxes WHERE id = $1',
}

export async function readQuota(queryable: Queryable, mailboxId: number): Promise<Quota> {
  const [quota] = await queryable.query<Quota>(READ, [mailboxId])
  if (!quota) throw new Error(`mailbox ${mailboxId} is gone`)
  return quota
}
