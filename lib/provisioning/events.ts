/** What the engine saw, for operators' programs: in the order in which it came, and never with whom somebody writes. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { type EventView, eventView } from '#lib/activity/event-view.ts'
import { prisma } from '#lib/db/prisma.ts'
import { type Page, pageInput, pageOf } from './page.ts'

export const listEventsInput = pageInput.extend({
  mailboxId: z.coerce.number().int().positive().optional(),
  since: z.iso.datetime().optional(),
})

export type ProvisionedEvent = Omit<EventView, 'raw' | 'credentialLabel'>

/** Oldest first: a program keeps the last cursor and comes back with it. @throws AppError forbidden */
export async function listAllEvents(
  actor: Actor,
  input: z.input<typeof listEventsInput>,
): Promise<Page<ProvisionedEvent>> {
  requirePermission(actor, 'events.read')
  const { cursor, limit, mailboxId, since } = listEventsInput.parse(input)
  const rows = await prisma().protocolEvent.findMany({
    where: {
      mishap: null,
      ...(cursor === undefined ? {} : { id: { gt: z.coerce.bigint().parse(cursor) } }),
      ...(mailboxId === undefined ? {} : { mailboxId }),
      ...(since === undefined ? {} : { at: { gte: new Date(since) } }),
    },
    orderBy: { id: 'asc' },
    take: limit + 1,
  })
  return pageOf(rows, limit, (row) => {
    const { raw: _raw, credentialLabel: _label, ...event } = eventView(row)
    return event
  })
}
