/** The queue by destination: the domains that most recipients wait for come first. */
import { prisma } from '#lib/db/prisma.ts'
import { type LastReplyRow, lastReply, type ReplyView } from './last-reply.ts'

export type DomainView = {
  readonly domain: string
  readonly waiting: number
  readonly held: number
  readonly oldestAt: string
  /** null when everything is held */
  readonly nextAttemptAt: string | null
  readonly lastReply: ReplyView | null
}

export type QueueSummary = {
  readonly domains: readonly DomainView[]
  readonly waiting: number
  readonly held: number
  /** messages whose bytes are not those that were accepted */
  readonly damaged: number
  /** how many more destinations there are than are listed */
  readonly domainsLeftOut: number
}

const MAX_DOMAINS = 50

type Row = Omit<LastReplyRow, 'address'> & {
  domain: string
  waiting: number
  held: number
  allWaiting: number
  allHeld: number
  allDomains: number
  oldestAt: Date
  nextAttemptAt: Date | null
  address: string | null
}

/** For `listQueue`, which has asked who wants to know. */
export async function summariseQueue(): Promise<QueueSummary> {
  const rows = await prisma().$queryRaw<Row[]>`
    WITH domains AS (
      SELECT r.domain, count(*) FILTER (WHERE r.state = 'WAITING')::int4 AS waiting,
        count(*) FILTER (WHERE r.state = 'HELD')::int4 AS held,
        min(m.queued_at) AS "oldestAt", min(r.next_attempt_at) FILTER (WHERE r.state = 'WAITING') AS "nextAttemptAt"
      FROM queued_recipients r JOIN queued_messages m ON m.id = r.message_id
      WHERE r.finished_at IS NULL GROUP BY r.domain
    ), listed AS (
      SELECT *, (sum(waiting) OVER ())::int4 AS "allWaiting", (sum(held) OVER ())::int4 AS "allHeld",
        (count(*) OVER ())::int4 AS "allDomains"
      FROM domains ORDER BY waiting + held DESC, domain LIMIT ${MAX_DOMAINS}
    )
    SELECT d.*, greatest(d."nextAttemptAt", u.next_probe_at) AS "nextAttemptAt", a.address, a.at, a.remote_host AS "remoteHost", a.reply_code AS "replyCode", a.reply_text AS "replyText"
    FROM listed d LEFT JOIN LATERAL (
      SELECT t.*, r.address FROM queued_recipients r JOIN delivery_attempts t ON t.recipient_id = r.id
      WHERE r.domain = d.domain AND r.finished_at IS NULL ORDER BY t.id DESC LIMIT 1
    ) a ON true
    LEFT JOIN LATERAL (
      SELECT max(next_probe_at) AS next_probe_at FROM unreachable_destinations WHERE domain IN (d.domain, '*')
    ) u ON d.waiting > 0
    ORDER BY d.waiting + d.held DESC, d.domain`
  const [first] = rows
  const damaged = await prisma().queuedMessage.count({
    where: { damagedAt: { not: null }, recipients: { some: { finishedAt: null } } },
  })
  return {
    domains: rows.map(domainView),
    waiting: first?.allWaiting ?? 0,
    held: first?.allHeld ?? 0,
    damaged,
    domainsLeftOut: (first?.allDomains ?? 0) - rows.length,
  }
}

function domainView(row: Row): DomainView {
  const { domain, waiting, held, oldestAt, nextAttemptAt, address } = row
  return {
    domain,
    waiting,
    held,
    oldestAt: oldestAt.toISOString(),
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
    lastReply: address === null ? null : lastReply({ ...row, address }),
  }
}
