import type { Actor } from '#lib/accounts/actor.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import type { Prisma } from '#lib/db/prisma.ts'
import { askAboutForwards } from './ask-about-forwards.ts'
import type { Recipe } from './recipe.ts'
import { putScript, RECIPE_SCRIPT, type SavedVia, setActiveScript } from './scripts.ts'
import { writeSieve } from './write-sieve.ts'

type RecipesToPut = {
  readonly mailboxId: number
  readonly recipes: readonly Recipe[]
  readonly savedVia: SavedVia
  readonly reason: string
}

/** Under the mailbox's lock. From the commit on they rule over what arrives. @returns the new version */
export async function putRecipes(
  transaction: Prisma.TransactionClient,
  { accountId }: Actor,
  { mailboxId, recipes, savedVia, reason }: RecipesToPut,
): Promise<number> {
  const script = { mailboxId, name: RECIPE_SCRIPT, content: writeSieve(recipes) }
  const version = await putScript(transaction, script, savedVia)
  await setActiveScript(transaction, mailboxId, RECIPE_SCRIPT)
  await askAboutForwards(transaction, mailboxId, script.content)
  await appendAudit(transaction, {
    actorId: accountId,
    action: 'recipes.save',
    subject: `mailbox:${mailboxId}`,
    mailboxId,
    reason,
    details: { version, count: recipes.length },
  })
  return version
}
