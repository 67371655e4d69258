/** Every save of the recipes, and the way back to one of them. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { notFound } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { prisma } from '#lib/db/prisma.ts'
import { readRecipes } from './read-recipes.ts'
import { saveRecipes } from './save-recipes.ts'
import { newestVersion, RECIPE_SCRIPT } from './scripts.ts'

export type RecipeVersionView = {
  readonly version: number
  readonly savedAt: string
  readonly names: readonly string[]
}

const SHOWN_VERSIONS = 10

/** Newest first; a version whose text was put there by another program is none of recipes. */
export async function listRecipeVersions(actor: Actor, mailboxId: number): Promise<RecipeVersionView[]> {
  await accessibleMailbox(actor, mailboxId, 'manage')
  const rows = await prisma().sieveScriptVersion.findMany({
    where: { mailboxId, name: RECIPE_SCRIPT },
    orderBy: { id: 'desc' },
    take: SHOWN_VERSIONS,
  })
  return rows.flatMap(({ id, content, savedAt }) => {
    const recipes = readRecipes(content)
    if (recipes === null) return []
    return [{ version: Number(id), savedAt: savedAt.toISOString(), names: recipes.map(({ name }) => name) }]
  })
}

export const returnToRecipesInput = z.strictObject({
  mailboxId: z.coerce.number().int(),
  version: z.coerce.number().int(),
})

/** Saves the recipes of then as the newest ones. @throws AppError not_found */
export async function returnToRecipes(actor: Actor, input: z.input<typeof returnToRecipesInput>): Promise<void> {
  const { mailboxId, version } = returnToRecipesInput.parse(input)
  await accessibleMailbox(actor, mailboxId, 'manage')
  const row = await prisma().sieveScriptVersion.findFirst({ where: { id: version, mailboxId, name: RECIPE_SCRIPT } })
  const recipes = row === null ? null : readRecipes(row.content)
  if (recipes === null) throw notFound(`recipes ${version} of mailbox ${mailboxId}`)
  const basedOn = await newestVersion(prisma(), mailboxId, RECIPE_SCRIPT)
  await saveRecipes(actor, { mailboxId, recipes, basedOn })
}
