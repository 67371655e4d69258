import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { putRecipes } from './put-recipes.ts'
import { recipeListSchema } from './recipe.ts'
import { newestVersion, RECIPE_SCRIPT } from './scripts.ts'

export const saveRecipesInput = z.strictObject({
  mailboxId: z.int(),
  recipes: recipeListSchema,
  /** the version that was edited; 0 when there was none */
  basedOn: z.int().nonnegative(),
})

/**
 * From the commit on they rule over what arrives; a script that was active before stays, but rests.
 * @throws AppError not_found, or conflict when somebody else saved in the meantime
 */
export async function saveRecipes(
  actor: Actor,
  input: z.output<typeof saveRecipesInput>,
): Promise<{ readonly version: number }> {
  const { mailboxId, recipes, basedOn } = input
  await accessibleMailbox(actor, mailboxId, 'manage')
  return prisma().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT id FROM mailboxes WHERE id = ${mailboxId} FOR NO KEY UPDATE`
    if ((await newestVersion(transaction, mailboxId, RECIPE_SCRIPT)) !== basedOn) throw savedElsewhere()
    const version = await putRecipes(transaction, actor, { mailboxId, recipes, savedVia: 'portal', reason: '' })
    return { version }
  })
}

function savedElsewhere(): AppError {
  return new AppError('conflict', 'recipes were saved in the meantime', {
    ja: '別の画面で、レシピが先に保存されました。このページを開き直すと、いまの内容が表示されます。ここでの変更は、まだ保存されていません。',
    en: 'The recipes were saved in another window in the meantime. Open this page again to see them. What you changed here is not saved yet.',
  })
}
