import type { AnnouncementModel, AnnouncementVersionModel } from '#lib/db/prisma.ts'
import { type AnnouncementState, announcementState } from './announcement-state.ts'
import { type AnnouncementDocument, announcementDocumentSchema } from './document.ts'

export type AnnouncementView = {
  readonly id: string
  readonly state: AnnouncementState
  readonly publishAt: Date | null
  readonly withdrawalReason: string | null
  /** the newest */
  readonly version: number
  readonly changedAt: Date
  readonly document: AnnouncementDocument
}

export type AnnouncementRow = AnnouncementModel & { readonly versions: readonly AnnouncementVersionModel[] }

/** For a query: the newest version is what an announcement says. */
export const withNewestVersion = { versions: { orderBy: { number: 'desc' }, take: 1 } } as const

/** @param row with its newest version first */
export function announcementView(row: AnnouncementRow, now = new Date()): AnnouncementView {
  const [newest] = row.versions
  if (newest === undefined) throw new Error(`announcement ${row.id} says nothing`)
  return {
    id: row.id,
    state: announcementState(row, now),
    publishAt: row.publishAt,
    withdrawalReason: row.withdrawalReason,
    version: newest.number,
    changedAt: newest.createdAt,
    document: announcementDocumentSchema.parse(newest.document),
  }
}
