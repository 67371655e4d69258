/** What subscribers are told. */
import { z } from 'zod'
import { findAnnouncement, listAnnouncements } from '#lib/announcements/list-announcements.ts'
import { publishAnnouncement } from '#lib/announcements/publish-announcement.ts'
import { saveAnnouncement, saveAnnouncementInput } from '#lib/announcements/save-announcement.ts'
import { withdrawAnnouncement, withdrawAnnouncementInput } from '#lib/announcements/withdraw-announcement.ts'
import { pageInput } from '#lib/provisioning/page.ts'
import { defineOperation } from '../operation.ts'
import { announcementAnswer, pageAnswer } from '../wire.ts'

const announcementId = z.object({ id: z.uuid() })

export const announcementOperations = [
  defineOperation({
    id: 'listAnnouncements',
    method: 'GET',
    path: '/announcements',
    scope: 'announcements:read',
    summary: { ja: 'お知らせの一覧（新しい順）', en: 'List announcements, newest first' },
    query: pageInput,
    answer: pageAnswer(announcementAnswer),
    async perform(actor, { cursor, limit }) {
      const all = await listAnnouncements(actor)
      const start = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1
      const items = all.slice(start, start + limit)
      return { items, nextCursor: start + limit < all.length ? (items.at(-1)?.id ?? null) : null }
    },
  }),
  defineOperation({
    id: 'createAnnouncement',
    method: 'POST',
    path: '/announcements',
    scope: 'announcements:write',
    summary: { ja: 'お知らせの下書きを作る', en: 'Create a draft of an announcement' },
    body: saveAnnouncementInput.pick({ note: true, document: true }),
    answer: announcementAnswer,
    creates: true,
    async perform(actor, { note, document }) {
      const { id } = await saveAnnouncement(actor, { id: null, basedOn: 0, note, document })
      return findSaved(actor, id)
    },
  }),
  defineOperation({
    id: 'publishAnnouncement',
    method: 'POST',
    path: '/announcements/{id}/publication',
    scope: 'announcements:write',
    summary: { ja: 'お知らせを公開する', en: 'Publish an announcement, now or later' },
    params: announcementId,
    body: z.strictObject({ publishAt: z.iso.datetime().nullable().default(null) }),
    answer: announcementAnswer,
    async perform(actor, { id, publishAt }) {
      await publishAnnouncement(actor, { id, publishAt: publishAt === null ? null : new Date(publishAt) })
      return findSaved(actor, id)
    },
  }),
  defineOperation({
    id: 'withdrawAnnouncement',
    method: 'POST',
    path: '/announcements/{id}/withdrawal',
    scope: 'announcements:write',
    summary: { ja: 'お知らせを取り下げる', en: 'Withdraw an announcement' },
    params: announcementId,
    body: withdrawAnnouncementInput.pick({ reason: true }),
    answer: announcementAnswer,
    async perform(actor, input) {
      await withdrawAnnouncement(actor, input)
      return findSaved(actor, input.id)
    },
  }),
]

/** Whoever may write what an announcement says may read it back. */
function findSaved(actor: Parameters<typeof findAnnouncement>[0], id: string) {
  return findAnnouncement(actor.apiScopes === undefined ? actor : { ...actor, apiScopes: ['announcements:read'] }, id)
}
