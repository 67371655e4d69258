/** Tokens are made and revoked by operators in person: no program can give another one rights. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { type ApiScope, apiScopes, isApiScope } from '#lib/accounts/api-scopes.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { apiTokenHash, newApiToken } from './token.ts'

export const createTokenInput = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^[^\p{Cc}]*$/u),
  scopes: z.array(z.enum(apiScopes)).min(1),
  days: z.coerce.number().int().min(1).max(365),
})
export const revokeTokenInput = z.object({ tokenId: z.uuid() })

export type ApiTokenView = {
  readonly id: string
  readonly name: string
  readonly scopes: readonly ApiScope[]
  /** in whose name it acts */
  readonly accountName: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  readonly lastUsedAt: Date | null
  readonly lastUsedAddress: string | null
}

const DAY_MS = 86_400_000

/** @returns the token itself, only here and now @throws AppError forbidden */
export async function createApiToken(
  actor: Actor,
  input: z.input<typeof createTokenInput>,
): Promise<{ readonly token: string }> {
  requirePermission(actor, 'apiToken.change')
  const { name, scopes, days } = createTokenInput.parse(input)
  const token = newApiToken()
  const tokenHash = apiTokenHash(token)
  if (tokenHash === null) throw new Error('a new token has the wrong form')
  const expiresAt = new Date(Date.now() + days * DAY_MS)
  const { accountId } = actor
  await prisma().$transaction(async (transaction) => {
    const { id } = await transaction.apiToken.create({ data: { name, scopes, accountId, tokenHash, expiresAt } })
    await appendAudit(transaction, {
      actorId: accountId,
      action: 'apiToken.create',
      subject: `apiToken:${id}`,
      mailboxId: null,
      reason: '',
      details: { name, scopes, expiresAt: expiresAt.toISOString() },
    })
  })
  return { token }
}

/** Any operator may: a token of somebody who has left must not stay. @throws AppError forbidden, not_found */
export async function revokeApiToken(actor: Actor, input: z.infer<typeof revokeTokenInput>): Promise<void> {
  requirePermission(actor, 'apiToken.change')
  const { tokenId: id } = revokeTokenInput.parse(input)
  await prisma().$transaction(async (transaction) => {
    if ((await transaction.apiToken.count({ where: { id } })) === 0) throw notFound(`api token ${id}`)
    const revokedAt = new Date()
    const { count } = await transaction.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt } })
    if (count === 0) return
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'apiToken.revoke',
      subject: `apiToken:${id}`,
      mailboxId: null,
      reason: '',
      details: {},
    })
  })
}

/** Newest first. @throws AppError forbidden */
export async function listApiTokens(actor: Actor): Promise<ApiTokenView[]> {
  requirePermission(actor, 'apiToken.read')
  const rows = await prisma().apiToken.findMany({
    orderBy: { createdAt: 'desc' },
    include: { account: { select: { displayName: true } } },
    take: 200,
  })
  return rows.map(({ id, name, scopes, account, createdAt, expiresAt, revokedAt, lastUsedAt, lastUsedAddress }) => ({
    id,
    name,
    scopes: scopes.filter(isApiScope),
    accountName: account.displayName,
    createdAt,
    expiresAt,
    revokedAt,
    lastUsedAt,
    lastUsedAddress,
  }))
}
