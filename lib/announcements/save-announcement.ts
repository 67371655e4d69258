import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { type AnnouncementDocument, announcementDocumentSchema } from './document.ts'
import { lockAnnouncement } from './lock-announcement.ts'

export const saveAnnouncementInput = z.object({
  /** null: a new one */
  id: z.uuid().nullable(),
  /** the version that the author had before their eyes; 0 for a new one */
  basedOn: z.int().min(0),
  note: z.string().trim().min(1).max(300),
  document: announcementDocumentSchema,
})

/**
 * A new version of a draft, or the first; of what is public already, an amendment that everybody sees at once.
 * @throws AppError forbidden, not_found, conflict
 */
export async function saveAnnouncement(
  actor: Actor,
  input: z.infer<typeof saveAnnouncementInput>,
): Promise<{ id: string; version: number }> {
  requirePermission(actor, 'announcement.change')
  const { id, basedOn, note, document } = saveAnnouncementInput.parse(input)
  return prisma().$transaction(async (transaction) => {
    const saved = id === null ? await transaction.announcement.create({ data: {} }) : { id }
    if (id !== null) await checkIsCurrent(transaction, id, basedOn)
    await addVersion(transaction, { id: saved.id, number: basedOn + 1, note, document, authorId: actor.accountId })
    return { id: saved.id, version: basedOn + 1 }
  })
}

async function checkIsCurrent(transaction: Prisma.TransactionClient, id: string, basedOn: number): Promise<void> {
  const { version, withdrawnAt } = await lockAnnouncement(transaction, id)
  if (withdrawnAt !== null) throw notFound(`announcement ${id} is withdrawn`)
  if (version !== basedOn) throw changedMeanwhile()
}

type NewVersion = {
  readonly id: string
  readonly number: number
  readonly note: string
  readonly document: AnnouncementDocument
  readonly authorId: string | null
}

async function addVersion(transaction: Prisma.TransactionClient, version: NewVersion): Promise<void> {
  const { id, number, note, document, authorId } = version
  await transaction.announcementVersion.create({ data: { announcementId: id, number, note, document, authorId } })
  await appendAudit(transaction, {
    actorId: authorId,
    action: 'announcement.save',
    subject: `announcement:${id}`,
    mailboxId: null,
    reason: note,
    details: { version: number },
  })
}

function changedMeanwhile(): AppError {
  return new AppError('conflict', 'announcement changed meanwhile', {
    ja: 'ほかの運用担当者が先にこのお知らせを保存しました。画面を読み込み直して、変更をやり直してください。まだ何も保存されていません。',
    en: 'Another operator saved this announcement first. Reload the page and make your change again. Nothing was saved yet.',
  })
}
