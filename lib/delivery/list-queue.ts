/**
 * The queue as an operator sees it: by destination, and recipient by recipient. Of correspondents it shows what running
 * the site needs: the domain, and the local part concealed. Subjects and bodies are not read at all.
 */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { concealAddress } from '#lib/mail/conceal.ts'
import { type LastReplyRow, lastReply, type ReplyView } from './last-reply.ts'
import { queueFilters } from './queue-filters.ts'
import { type QueueSummary, summariseQueue } from './summarise-queue.ts'

export const listQueueInput = z.object({
  domain: z.string().trim().toLowerCase().max(255).catch('').default(''),
  show: z.enum(queueFilters).catch('all'),
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
})

export type QueueQuery = z.output<typeof listQueueInput>

export type QueuedRecipientView = {
  readonly id: string
  /** concealed */
  readonly recipient: string
  readonly domain: string
  /** a mailbox of ours; concealed when it is not; null for a delivery report */
  readonly sender: string | null
  readonly state: 'waiting' | 'inFlight' | 'held' | 'damaged' | 'cancelled'
  readonly queuedAt: string
  readonly nextAttemptAt: string
  readonly expiresAt: string
  readonly attemptCount: number
  readonly sizeBytes: number
  readonly lastReply: ReplyView | null
}

export type QueuePage = QueueSummary & {
  readonly readAt: string
  readonly recipients: readonly QueuedRecipientView[]
  readonly nextAfter: string | null
}

const PAGE_SIZE = 25
/** of recipients in the index queued_recipients_open_idx */
const states = { all: ['WAITING', 'HELD'], waiting: ['WAITING'], held: ['HELD'] }

/** @throws AppError forbidden */
export async function listQueue(actor: Actor, query: QueueQuery): Promise<QueuePage> {
  requirePermission(actor, 'queue.read')
  const [summary, rows] = await Promise.all([summariseQueue(), readRecipients(query)])
  const shown = rows.slice(0, PAGE_SIZE)
  const last = rows.length > PAGE_SIZE ? shown.at(-1) : undefined
  return {
    ...summary,
    readAt: new Date().toISOString(),
    recipients: shown.map(recipientView),
    nextAfter: last ? String(last.id) : null,
  }
}

type RecipientRow = LastReplyRow & {
  id: bigint
  domain: string
  state: 'WAITING' | 'HELD'
  isInFlight: boolean
  isCancelled: boolean
  isDamaged: boolean
  sender: string
  mailbox: string | null
  queuedAt: Date
  nextAttemptAt: Date
  expiresAt: Date
  attemptCount: number
  sizeBytes: number
}

function readRecipients({ domain, show, after = '0' }: QueueQuery): Promise<RecipientRow[]> {
  return prisma().$queryRaw<RecipientRow[]>`
    SELECT r.id, r.address, r.domain, r.state::text AS state, r.attempt_count AS "attemptCount",
      coalesce(r.leased_until > now(), false) AS "isInFlight", r.cancel_requested_at IS NOT NULL AS "isCancelled",
      m.damaged_at IS NOT NULL AS "isDamaged",
      greatest(r.next_attempt_at, u.next_probe_at) AS "nextAttemptAt", m.sender, b.address AS mailbox, m.queued_at AS "queuedAt",
      m.expires_at AS "expiresAt", m.size_bytes AS "sizeBytes",
      a.at, a.remote_host AS "remoteHost", a.reply_code AS "replyCode", a.reply_text AS "replyText"
    FROM queued_recipients r
    JOIN queued_messages m ON m.id = r.message_id
    LEFT JOIN mailboxes b ON b.id = m.mailbox_id
    LEFT JOIN LATERAL (SELECT * FROM delivery_attempts WHERE recipient_id = r.id ORDER BY id DESC LIMIT 1) a ON true
    LEFT JOIN LATERAL (
      SELECT max(next_probe_at) AS next_probe_at FROM unreachable_destinations WHERE domain IN (r.domain, '*')
    ) u ON true
    WHERE r.finished_at IS NULL AND r.state::text = ANY(${states[show]}) AND (${domain} = '' OR r.domain = ${domain})
      AND (${after} = '0' OR (r.domain, r.id) > (SELECT domain, id FROM queued_recipients WHERE id = ${BigInt(after)}))
    ORDER BY r.domain, r.id LIMIT ${PAGE_SIZE + 1}`
}

function recipientView(row: RecipientRow): QueuedRecipientView {
  const { id, address, domain, sender, mailbox, attemptCount, sizeBytes } = row
  return {
    id: String(id),
    recipient: concealAddress(address),
    domain,
    sender: sender === '' ? null : (mailbox ?? concealAddress(sender)),
    state: stateOf(row),
    queuedAt: row.queuedAt.toISOString(),
    nextAttemptAt: row.nextAttemptAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    attemptCount,
    sizeBytes,
    lastReply: lastReply(row),
  }
}

function stateOf({ state, isCancelled, isDamaged, isInFlight }: RecipientRow): QueuedRecipientView['state'] {
  if (isCancelled) return 'cancelled'
  if (isDamaged) return 'damaged'
  if (isInFlight) return 'inFlight'
  return state === 'HELD' ? 'held' : 'waiting'
}
