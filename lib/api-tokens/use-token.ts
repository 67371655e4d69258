/** From a token to the actor that it stands for. Every use is on record before anything is done. */
import type { Actor } from '#lib/accounts/actor.ts'
import { isApiScope } from '#lib/accounts/api-scopes.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { apiTokenHash } from './token.ts'

export type TokenHolder = { readonly tokenId: string; readonly actor: Actor }

/** @returns null for every token that is not good, whatever the reason, and when its operator no longer is one */
export async function holderOf(token: string): Promise<TokenHolder | null> {
  const tokenHash = apiTokenHash(token)
  if (tokenHash === null) return null
  const row = await prisma().apiToken.findUnique({ where: { tokenHash }, include: { account: true } })
  if (row === null || row.revokedAt !== null || row.expiresAt.getTime() <= Date.now()) return null
  const { id: accountId, role, disabledAt, customerId } = row.account
  if (role !== 'OPERATOR' || disabledAt !== null) return null
  return { tokenId: row.id, actor: { accountId, role, customerId, apiScopes: row.scopes.filter(isApiScope) } }
}

/** @param operation its id in the description of the API */
export async function recordUse(
  { tokenId, actor }: TokenHolder,
  operation: string,
  target: string,
  address: string,
): Promise<void> {
  await prisma().$transaction(async (transaction) => {
    const lastUsed = { lastUsedAt: new Date(), lastUsedAddress: address }
    await transaction.apiToken.update({ where: { id: tokenId }, data: lastUsed })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'api.request',
      subject: `apiToken:${tokenId}`,
      mailboxId: null,
      reason: '',
      details: { operation, target, address },
    })
  })
}
