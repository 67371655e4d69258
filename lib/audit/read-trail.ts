/** The audit trail from its beginning, in pages, so that a long one needs little memory. */
import type { Queryable } from '#lib/db/database.ts'
import type { AuditEntry } from './append-audit.ts'

export type TrailRecord = AuditEntry & {
  readonly id: number
  readonly at: Date
  readonly prevHash: Buffer
  readonly hash: Buffer
}

const PAGE_LENGTH = 1_000
const PAGE = {
  name: 'audit-page',
  text: `
SELECT id, at, actor_id AS "actorId", action, subject, mailbox_id AS "mailboxId", reason, details,
       prev_hash AS "prevHash", hash
FROM audit_records WHERE id > $1 ORDER BY id LIMIT ${PAGE_LENGTH}`,
}

export async function* readTrail(database: Queryable): AsyncGenerator<TrailRecord> {
  let page: TrailRecord[]
  let lastId = 0
  do {
    page = await database.query<TrailRecord>(PAGE, [lastId])
    yield* page
    lastId = page.at(-1)?.id ?? lastId
  } while (page.length === PAGE_LENGTH)
}
