import { notFound } from '#lib/accounts/actor.ts'
import type { AnnouncementModel, Prisma } from '#lib/db/prisma.ts'

/** Until the transaction ends nobody else changes it. @throws AppError not_found */
export async function lockAnnouncement(
  transaction: Prisma.TransactionClient,
  id: string,
): Promise<AnnouncementModel & { readonly version: number }> {
  await transaction.$executeRaw`SELECT FROM announcements WHERE id = ${id}::uuid FOR UPDATE`
  const row = await transaction.announcement.findUnique({ where: { id } })
  if (row === null) throw notFound(`announcement ${id}`)
  const version = await transaction.announcementVersion.count({ where: { announcementId: id } })
  return { ...row, version }
}
