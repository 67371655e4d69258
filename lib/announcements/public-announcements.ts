/** What anybody may read: announcements that are out, and how they were amended since. */
import { z } from 'zod'
import { prisma } from '#lib/db/prisma.ts'
import { type AnnouncementView, announcementView, withNewestVersion } from './announcement-view.ts'

export type Amendment = { readonly version: number; readonly at: Date; readonly note: string }
export type PublicAnnouncement = AnnouncementView & { readonly publishAt: Date }

const MAX_SHOWN = 100

/** Newest first. */
export async function listPublicAnnouncements(): Promise<PublicAnnouncement[]> {
  const rows = await prisma().announcement.findMany({
    where: { publishAt: { lte: new Date() }, withdrawnAt: null },
    orderBy: { publishAt: 'desc' },
    take: MAX_SHOWN,
    include: withNewestVersion,
  })
  return rows.flatMap((row) => publicView(announcementView(row)) ?? [])
}

/** @returns null for what is not out, or not there; what was withdrawn is found, so that its page can say so */
export async function findPublicAnnouncement(
  id: string,
): Promise<(PublicAnnouncement & { readonly amendments: readonly Amendment[] }) | null> {
  if (!z.uuid().safeParse(id).success) return null
  const row = await prisma().announcement.findUnique({
    where: { id, publishAt: { lte: new Date() } },
    include: { versions: { orderBy: { number: 'desc' } } },
  })
  const view = row === null ? null : publicView(announcementView(row))
  if (row === null || view === null) return null
  const amendments = row.versions
    .filter(({ number, createdAt }) => number > 1 && createdAt > view.publishAt)
    .map(({ number, createdAt, note }) => ({ version: number, at: createdAt, note }))
  return { ...view, amendments }
}

function publicView(view: AnnouncementView): PublicAnnouncement | null {
  return view.publishAt === null ? null : { ...view, publishAt: view.publishAt }
}
