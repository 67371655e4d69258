/**
 * A forward that was in force elsewhere becomes the first recipe of its mailbox.
 *
 * Guarantees: what is there stays. A script that its owner wrote, or recipes that are switched off, are left alone and
 * told; the same forward is not added twice.
 */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { actingOnMany } from '#lib/approvals/act-on-many.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { auditReason } from '#lib/audit/reason.ts'
import type { Prisma } from '#lib/db/prisma.ts'
import { siteEnv } from '#lib/env/site.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { canonicalAddress, parseMailAddress } from '#lib/mail/mail-address.ts'
import { MAX_ACTIONS, MAX_RECIPES } from './choices.ts'
import { putRecipes } from './put-recipes.ts'
import { readRecipes } from './read-recipes.ts'
import { mailAddress, type Recipe } from './recipe.ts'
import { RECIPE_SCRIPT } from './scripts.ts'

export const addForwardInput = z.strictObject({
  mailboxId: z.int().positive(),
  addresses: z.array(mailAddress).min(1).max(MAX_ACTIONS),
  keepsCopy: z.boolean(),
  /** their readers have agreed; otherwise they are asked, and a copy of every message is kept */
  isConfirmed: z.boolean(),
  reason: auditReason,
})

export type AddedForward =
  | { readonly kind: 'forward'; readonly waits: boolean; readonly keepsCopy: boolean }
  | { readonly kind: 'confirmed' | 'nothing' }

/** @throws AppError forbidden, not_found, conflict; AwaitingApproval */
export async function addForward(actor: Actor, input: z.input<typeof addForwardInput>): Promise<AddedForward> {
  requirePermission(actor, 'accounts.change')
  const { mailboxId, addresses, isConfirmed, reason, ...order } = addForwardInput.parse(input)
  return actingOnMany(
    actor,
    { mailboxId, operation: 'addForward', reason },
    async (transaction): Promise<AddedForward> => {
      await transaction.$executeRaw`SELECT id FROM mailboxes WHERE id = ${mailboxId} FOR NO KEY UPDATE`
      if ((await transaction.mailbox.count({ where: { id: mailboxId } })) === 0) throw notFound(`mailbox ${mailboxId}`)
      const recipes = await recipesInForce(transaction, mailboxId)
      const unconfirmed = await unconfirmedAmong(transaction, mailboxId, addresses)
      if (isConfirmed) {
        for (const address of unconfirmed) await confirm(transaction, actor, { mailboxId, address, reason })
      }
      if (addresses.every((address) => recipes.some((recipe) => sendsAllTo(recipe, address)))) {
        return { kind: isConfirmed && unconfirmed.length > 0 ? 'confirmed' : 'nothing' }
      }
      if (recipes.length >= MAX_RECIPES) throw tooManyRecipes()
      const waits = !isConfirmed && unconfirmed.length > 0
      const keepsCopy = order.keepsCopy || waits
      const all = [forwardRecipe(addresses, keepsCopy), ...recipes]
      await putRecipes(transaction, actor, { mailboxId, recipes: all, savedVia: 'import', reason })
      return { kind: 'forward', waits, keepsCopy }
    },
  )
}

/** @throws AppError conflict, when something else than recipes decides, or nothing at its owner's wish */
async function recipesInForce(transaction: Prisma.TransactionClient, mailboxId: number): Promise<Recipe[]> {
  const scripts = await transaction.sieveScript.findMany({ where: { mailboxId } })
  const own = scripts.find(({ name }) => name === RECIPE_SCRIPT)
  const recipes = own === undefined ? [] : readRecipes(own.content)
  if (recipes === null || scripts.some((script) => script.isActive && script !== own)) throw ownScript()
  if (own?.isActive === false && recipes.length > 0) throw switchedOff()
  return recipes
}

function sendsAllTo({ isOn, conditions, actions }: Recipe, address: string): boolean {
  const isMeant = (action: Recipe['actions'][number]) =>
    action.kind === 'forward' && action.address.toLowerCase() === address.toLowerCase()
  return isOn && conditions.length === 0 && actions.some(isMeant)
}

function forwardRecipe(addresses: readonly string[], keepsCopy: boolean): Recipe {
  const actions = addresses.map((address) => ({ kind: 'forward' as const, address, keepsCopy }))
  return { name: '以前のシステムからの転送', isOn: true, match: 'all', conditions: [], actions, stops: false }
}

/** Addresses elsewhere whose readers have not agreed, in canonical form. */
async function unconfirmedAmong(
  transaction: Prisma.TransactionClient,
  mailboxId: number,
  addresses: readonly string[],
): Promise<string[]> {
  const { hostedDomains } = siteEnv()
  const parsed = addresses.flatMap((address) => parseMailAddress(address) ?? [])
  const elsewhere = parsed.filter(({ domain }) => !hostedDomains.includes(domain)).map(canonicalAddress)
  const agreed = await transaction.forwardAddress.findMany({ where: { mailboxId, verifiedAt: { not: null } } })
  return elsewhere.filter((address) => !agreed.some((each) => each.address === address))
}

type Confirmation = { readonly mailboxId: number; readonly address: string; readonly reason: string }

/** By the word of an operator, who answers for it in the audit trail. */
async function confirm(
  transaction: Prisma.TransactionClient,
  { accountId }: Actor,
  { mailboxId, address, reason }: Confirmation,
): Promise<void> {
  const verified = { verifiedAt: new Date() }
  const where = { mailboxId_address: { mailboxId, address } }
  await transaction.forwardAddress.upsert({ where, create: { mailboxId, address, ...verified }, update: verified })
  await appendAudit(transaction, {
    actorId: accountId,
    action: 'forward.confirm',
    subject: `mailbox:${mailboxId}`,
    mailboxId,
    reason,
    details: { label: address },
  })
}

function ownScript(): AppError {
  return new AppError('conflict', 'the mailbox has a script of its own', {
    ja: 'このメールボックスには、持ち主が作ったSieveスクリプトがあります。転送は登録せず、スクリプトもそのままです。持ち主にご相談ください。',
    en: 'The mailbox has a Sieve script that its owner wrote. It was left alone and no forward was added. Ask the owner.',
  })
}

function switchedOff(): AppError {
  return new AppError('conflict', 'the recipes are switched off', {
    ja: 'このメールボックスのレシピは、持ち主が止めています。転送は登録せず、レシピもそのままです。持ち主にご相談ください。',
    en: 'The owner of the mailbox has switched its recipes off. They were left alone and no forward was added. Ask the owner.',
  })
}

function tooManyRecipes(): AppError {
  return new AppError('conflict', 'no room for one more recipe', {
    ja: `このメールボックスには、すでにレシピが${MAX_RECIPES}個あります。転送は登録していません。`,
    en: `The mailbox has ${MAX_RECIPES} recipes already. No forward was added.`,
  })
}
