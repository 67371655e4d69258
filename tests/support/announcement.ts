/** Announcements for tests, made by the product's own use-cases. Load it after the environment is set. */
import type { AnnouncementDocument } from '#lib/announcements/document.ts'
import { publishAnnouncement } from '#lib/announcements/publish-announcement.ts'
import { saveAnnouncement } from '#lib/announcements/save-announcement.ts'
import { prisma } from '#lib/db/prisma.ts'
import { siteEnv } from '#lib/env/site.ts'
import { noticeOf2002 } from '#lib/service/notice-of-2002.ts'

export const theOperator = async () => {
  const { id } = await prisma().portalAccount.findFirstOrThrow({ where: { role: 'OPERATOR' } })
  return { accountId: id, role: 'OPERATOR', customerId: null } as const
}

/** @returns its id */
export async function addDraft(change: Partial<AnnouncementDocument> = {}): Promise<string> {
  const document = { ...noticeOf2002(siteEnv()), ...change }
  const { id } = await saveAnnouncement(await theOperator(), { id: null, basedOn: 0, note: 'test', document })
  return id
}

export async function addPublicAnnouncement(change: Partial<AnnouncementDocument> = {}): Promise<string> {
  const id = await addDraft(change)
  await publishAnnouncement(await theOperator(), { id, publishAt: null })
  return id
}
