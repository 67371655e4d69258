/** The announcements that concern a subscriber and that they have not acknowledged. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { hasMoved } from '#lib/move/has-moved.ts'
import { concernsCustomer } from './audience.ts'
import { findPublicAnnouncement, listPublicAnnouncements, type PublicAnnouncement } from './public-announcements.ts'

/** What behaviour decides, or waits for the move, goes by itself as soon as the engine has seen the thing done. */
export async function announcementsFor(actor: Actor): Promise<PublicAnnouncement[]> {
  requirePermission(actor, 'home.read')
  const { customerId } = actor
  if (customerId === null) return []
  const [announcements, acknowledged, isMoved] = await Promise.all([
    listPublicAnnouncements(),
    prisma().acknowledgement.findMany({ where: { accountId: actor.accountId } }),
    hasMoved(customerId),
  ])
  const readVersionOf = new Map(acknowledged.map(({ announcementId, version }) => [announcementId, version]))
  const unread = announcements.filter(
    ({ id, version, document }) =>
      version > (readVersionOf.get(id) ?? 0) && !(isMoved && document.doneWhen === 'moved'),
  )
  const isConcerned = await Promise.all(unread.map(({ document }) => concernsCustomer(customerId, document)))
  return unread.filter((_, index) => isConcerned[index])
}

export const acknowledgeAnnouncementInput = z.object({ id: z.uuid(), version: z.coerce.number().int().positive() })

/** @throws AppError forbidden, not_found */
export async function acknowledgeAnnouncement(
  actor: Actor,
  input: z.infer<typeof acknowledgeAnnouncementInput>,
): Promise<void> {
  requirePermission(actor, 'announcement.acknowledge')
  const { id, version } = acknowledgeAnnouncementInput.parse(input)
  const announcement = await findPublicAnnouncement(id)
  if (announcement === null || version > announcement.version) throw notFound(`announcement ${id}`)
  const key = { announcementId: id, accountId: actor.accountId }
  await prisma().acknowledgement.upsert({
    where: { announcementId_accountId: key },
    create: { ...key, version },
    update: { version, at: new Date() },
  })
}
