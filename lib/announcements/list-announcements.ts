/** The operator's list: everything in whatever state, newest first. */
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { type AnnouncementView, announcementView, withNewestVersion } from './announcement-view.ts'

const MAX_SHOWN = 200

export async function listAnnouncements(actor: Actor): Promise<AnnouncementView[]> {
  requirePermission(actor, 'announcement.read')
  const rows = await prisma().announcement.findMany({
    orderBy: { createdAt: 'desc' },
    take: MAX_SHOWN,
    include: withNewestVersion,
  })
  return rows.map((row) => announcementView(row))
}

/** @throws AppError forbidden, not_found */
export async function findAnnouncement(actor: Actor, id: string): Promise<AnnouncementView> {
  requirePermission(actor, 'announcement.read')
  const row = await prisma().announcement.findUnique({ where: { id }, include: withNewestVersion })
  if (row === null) throw notFound(`announcement ${id}`)
  return announcementView(row)
}
