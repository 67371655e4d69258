/** Where an announcement is in its life; derived, so that nothing has to run when its moment comes. */

export type AnnouncementState = 'draft' | 'scheduled' | 'published' | 'withdrawn'

type Moments = { readonly publishAt: Date | null; readonly withdrawnAt: Date | null }

export function announcementState({ publishAt, withdrawnAt }: Moments, now: Date): AnnouncementState {
  if (withdrawnAt !== null) return 'withdrawn'
  if (publishAt === null) return 'draft'
  return publishAt <= now ? 'published' : 'scheduled'
}
