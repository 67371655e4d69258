/** What the subscriber's own mailboxes have sent to others: where each copy is now. Never a subject, never a body. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { listMailboxes } from '#lib/accounts/index.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { sentFilters } from './queue-filters.ts'
import { type SentRecipientView, sentRecipientFields, sentRecipientView } from './sent-recipient.ts'

export const listSentInput = z.object({
  show: z.enum(sentFilters).catch('all'),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
})

export type SentQuery = z.output<typeof listSentInput>

export type SentMessageView = {
  readonly id: string
  readonly mailboxId: number
  readonly queuedAt: string
  /** what needs attention first */
  readonly recipients: readonly SentRecipientView[]
}

export type SentPage = { readonly messages: readonly SentMessageView[]; readonly nextBefore: string | null }

const PAGE_SIZE = 20

const having: Record<SentQuery['show'], Prisma.QueuedMessageWhereInput> = {
  all: {},
  open: { recipients: { some: { state: { in: ['WAITING', 'HELD'] } } } },
  failed: { recipients: { some: { state: 'FAILED' } } },
}

/** @throws AppError forbidden */
export async function listSent(actor: Actor, query: SentQuery): Promise<SentPage> {
  const mailboxIds = (await listMailboxes(actor)).map(({ id }) => id)
  return sentBy(mailboxIds, query)
}

/** For callers that know who may see it. */
export async function sentBy(mailboxIds: readonly number[], { show, before }: SentQuery): Promise<SentPage> {
  const rows = await prisma().queuedMessage.findMany({
    where: {
      ...having[show],
      mailboxId: { in: [...mailboxIds] },
      ...(before === undefined ? {} : { id: { lt: BigInt(before) } }),
    },
    select: {
      id: true,
      mailboxId: true,
      queuedAt: true,
      expiresAt: true,
      recipients: { select: sentRecipientFields, orderBy: { id: 'asc' } },
    },
    orderBy: { id: 'desc' },
    take: PAGE_SIZE + 1,
  })
  const shown = rows.slice(0, PAGE_SIZE)
  const last = rows.length > PAGE_SIZE ? shown.at(-1) : undefined
  const messages = shown.flatMap(({ id, mailboxId, queuedAt, expiresAt, recipients }) => {
    if (mailboxId === null) return []
    const views = recipients.map((row) => sentRecipientView(row, expiresAt)).sort(byUrgency)
    return [{ id: String(id), mailboxId, queuedAt: queuedAt.toISOString(), recipients: views }]
  })
  return { messages, nextBefore: last ? String(last.id) : null }
}

const urgency = ['failed', 'held', 'waiting', 'sending', 'delivered']

function byUrgency(one: SentRecipientView, other: SentRecipientView): number {
  return urgency.indexOf(one.state) - urgency.indexOf(other.state)
}
