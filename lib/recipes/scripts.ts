/** The scripts of a mailbox as rows; what may be done with them is said by the use-cases beside this file. */
import type { Prisma } from '#lib/db/prisma.ts'

/** The script that the portal's recipes become. Scripts of other names are somebody's own. */
export const RECIPE_SCRIPT = 'recipes'

export type SavedVia = 'portal' | 'managesieve' | 'import'

/** @returns the new version's id */
export async function putScript(
  transaction: Prisma.TransactionClient,
  script: { readonly mailboxId: number; readonly name: string; readonly content: string },
  savedVia: SavedVia,
): Promise<number> {
  const { mailboxId, name, content } = script
  const updatedAt = new Date()
  await transaction.sieveScript.upsert({
    where: { mailboxId_name: { mailboxId, name } },
    create: { ...script, updatedAt },
    update: { content, updatedAt },
  })
  const version = await transaction.sieveScriptVersion.create({ data: { ...script, savedVia } })
  return Number(version.id)
}

/** @param name null: none */
export async function setActiveScript(
  transaction: Prisma.TransactionClient,
  mailboxId: number,
  name: string | null,
): Promise<void> {
  await transaction.sieveScript.updateMany({ where: { mailboxId, isActive: true }, data: { isActive: false } })
  if (name === null) return
  await transaction.sieveScript.update({ where: { mailboxId_name: { mailboxId, name } }, data: { isActive: true } })
}

/** 0 when it was never saved. To be asked under the mailbox's lock, where the answer decides. */
export async function newestVersion(
  transaction: Prisma.TransactionClient,
  mailboxId: number,
  name: string,
): Promise<number> {
  const newest = await transaction.sieveScriptVersion.findFirst({
    where: { mailboxId, name },
    orderBy: { id: 'desc' },
    select: { id: true },
  })
  return Number(newest?.id ?? 0)
}
