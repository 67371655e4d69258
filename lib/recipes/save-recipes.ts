import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { askAboutForwards } from './ask-about-forwards.ts'
import { recipeListSchema } from './recipe.ts'
import { newestVersion, putScript, RECIPE_SCRIPT, setActiveScript } from './scripts.ts'
import { writeSieve } from './write-sieve.ts'

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
    const script = { mailboxId, name: RECIPE_SCRIPT, content: writeSieve(recipes) }
    const version = await putScript(transaction, script, 'portal')
    await setActiveScript(transaction, mailboxId, RECIPE_SCRIPT)
    await askAboutForwards(transaction, mailboxId, script.content)
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'recipes.save',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: '',
      details: { version, count: recipes.length },
    })
    return { version }
  })
}

function savedElsewhere(): AppError {
  return new AppError('conflict', 'recipes were saved in the meantime', {
    ja: '別の画面で、レシピが先に保存されました。このページを開き直すと、いまの内容が表示されます。ここでの変更は、まだ保存されていません。',
    en: 'The recipes were saved in another window in the meantime. Open this page again to see them. What you changed here is not saved yet.',
  })
}
