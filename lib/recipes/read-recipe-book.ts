/** What happens to a mailbox's mail as it arrives: its recipes, or the script that somebody wrote in their place. */
import type { Actor } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { prisma } from '#lib/db/prisma.ts'
import { checkScript } from '#lib/sieve/checker.ts'
import { faultLine } from '#lib/sieve/fault-texts.ts'
import { readRecipes } from './read-recipes.ts'
import type { Recipe } from './recipe.ts'
import { newestVersion, RECIPE_SCRIPT } from './scripts.ts'

export type ScriptView = {
  readonly name: string
  readonly content: string
  readonly isActive: boolean
  readonly updatedAt: string
  /** what the checker says of it, with line and column */
  readonly faults: readonly { readonly ja: string; readonly en: string }[]
}

export type RecipeBook = {
  readonly mailboxId: number
  /** empty when there are none yet, or when the script of that name was changed elsewhere */
  readonly recipes: readonly Recipe[]
  /** to be named when they are saved */
  readonly version: number
  readonly areActive: boolean
  /** the names of the mailbox's folders, for whoever wants to move mail there */
  readonly folders: readonly string[]
  /** scripts that are not what the portal wrote */
  readonly otherScripts: readonly ScriptView[]
}

/** @throws AppError not_found */
export async function readRecipeBook(actor: Actor, mailboxId: number): Promise<RecipeBook> {
  await accessibleMailbox(actor, mailboxId, 'manage')
  const [rows, version, folders] = await Promise.all([
    prisma().sieveScript.findMany({ where: { mailboxId }, orderBy: { name: 'asc' } }),
    newestVersion(prisma(), mailboxId, RECIPE_SCRIPT),
    prisma().folder.findMany({ where: { mailboxId }, select: { name: true }, orderBy: { name: 'asc' } }),
  ])
  const own = rows.find(({ name }) => name === RECIPE_SCRIPT)
  const recipes = own === undefined ? null : readRecipes(own.content)
  const others = recipes === null ? rows : rows.filter((row) => row !== own)
  return {
    mailboxId,
    recipes: recipes ?? [],
    version,
    areActive: recipes !== null && own?.isActive === true,
    folders: folders.map(({ name }) => name),
    otherScripts: others.map(({ name, content, isActive, updatedAt }) => {
      return { name, content, isActive, updatedAt: updatedAt.toISOString(), faults: faultsOf(content) }
    }),
  }
}

function faultsOf(content: string): ScriptView['faults'] {
  const checked = checkScript(content)
  return checked.outcome === 'valid' ? [] : [faultLine(checked.fault)]
}
