/** The subscriber's own protocol events, newest first, a page at a time. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { listMailboxes } from '#lib/accounts/index.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { eventFilters, eventServices } from './event-filters.ts'
import { type EventView, eventView } from './event-view.ts'

export const listEventsInput = z.object({
  mailbox: z.coerce.number().int().positive().optional().catch(undefined),
  show: z.enum(eventFilters).catch('all'),
  service: z.enum(eventServices).catch('all'),
  before: z
    .string()
    .regex(/^\d{1,15}-\d{1,18}$/)
    .optional()
    .catch(undefined),
})

export type EventQuery = z.output<typeof listEventsInput>
export type EventPage = { readonly events: readonly EventView[]; readonly nextBefore: string | null }

const PAGE_SIZE = 25

const listenersOf: Record<EventQuery['service'], Prisma.ProtocolEventWhereInput> = {
  all: {},
  receiving: { listener: { in: ['pop3', 'pop3s', 'imap', 'imaps'] } },
  sending: { listener: { in: ['smtp', 'submission', 'submissions', 'submissionLegacy'] } },
}

/** Logins that went well and logins that were refused. */
export const loginEvents = {
  OR: [{ kind: 'login' }, { kind: 'refusal', mechanism: { not: null } }],
} satisfies Prisma.ProtocolEventWhereInput

const kindsOf: Record<EventQuery['show'], Prisma.ProtocolEventWhereInput> = {
  all: { kind: { notIn: ['sessionEnded', 'mishap'] } },
  trouble: { kind: 'refusal' },
  logins: loginEvents,
  sent: { kind: 'accepted' },
}

/** A mailbox that is not the actor's own counts as none: nothing is found. */
export async function listEvents(actor: Actor, query: EventQuery): Promise<EventPage> {
  const own = (await listMailboxes(actor)).map(({ id }) => id)
  const mailboxIds = query.mailbox === undefined ? own : own.filter((id) => id === query.mailbox)
  const rows = await prisma().protocolEvent.findMany({
    where: {
      AND: [kindsOf[query.show], listenersOf[query.service]],
      mailboxId: { in: mailboxIds },
      ...olderThan(query.before),
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: PAGE_SIZE + 1,
  })
  const shown = rows.slice(0, PAGE_SIZE)
  const last = rows.length > PAGE_SIZE ? shown.at(-1) : undefined
  const labels = await credentialLabels(shown.flatMap(({ credentialId }) => credentialId ?? []))
  const events = shown.map((row) => eventView(row, labels))
  return { events, nextBefore: last ? `${last.at.getTime()}-${last.id}` : null }
}

/** A place in the list: the time and, among events of one millisecond, the id. */
function olderThan(before: string | undefined): Prisma.ProtocolEventWhereInput {
  const [milliseconds, id] = before?.split('-') ?? []
  if (milliseconds === undefined || id === undefined) return {}
  const at = new Date(Number(milliseconds))
  return { OR: [{ at: { lt: at } }, { at, id: { lt: BigInt(id) } }] }
}

async function credentialLabels(ids: string[]): Promise<Map<string, string>> {
  const rows = await prisma().credential.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, label: true },
  })
  return new Map(rows.map(({ id, label }) => [id, label]))
}
