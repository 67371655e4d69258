/**
 * Between the right password and the second step nobody is signed in: there is a row that says whose password it was,
 * for ten minutes, and a cookie with its token.
 */
import type { AccountRole } from '#lib/accounts/actor.ts'
import { bearerTokenHash, newBearerToken } from '#lib/bearer-tokens/bearer-token.ts'
import { prisma } from '#lib/db/prisma.ts'
import { hasApp } from '#lib/second-step/authenticator-app.ts'
import { isStaff } from './proofs.ts'
import { type StillHolds, whileItHolds } from './web-sessions.ts'

export const signInMinutes = 10

export type PendingAccount = {
  readonly accountId: string
  readonly role: AccountRole
  readonly hasApp: boolean
  readonly hasPasskey: boolean
}

type Account = { readonly accountId: string; readonly role: AccountRole }

/** Staff who have a passkey show it; a subscriber with an authenticator app shows its code. */
export async function owesSecondStep({ accountId, role }: Account): Promise<boolean> {
  return isStaff(role) ? hasPasskey(accountId) : hasApp(accountId)
}

/** @returns the token for the cookie. @throws AppError not_signed_in (the proof was overtaken) */
export async function openPendingSignIn(accountId: string, stillHolds: StillHolds): Promise<string> {
  const token = newBearerToken()
  const now = Date.now()
  await prisma().pendingSignIn.deleteMany({ where: { expiresAt: { lt: new Date(now) } } })
  const data = { tokenHash: bearerTokenHash(token), accountId, expiresAt: new Date(now + signInMinutes * 60_000) }
  await whileItHolds(accountId, stillHolds, (transaction) => transaction.pendingSignIn.create({ data }))
  return token
}

export async function findPendingSignIn(token: string): Promise<PendingAccount | null> {
  const row = await prisma().pendingSignIn.findFirst({
    where: { tokenHash: bearerTokenHash(token), expiresAt: { gt: new Date() }, account: { disabledAt: null } },
    include: { account: true },
  })
  if (row === null) return null
  const { accountId, account } = row
  const [app, passkey] = await Promise.all([hasApp(accountId), hasPasskey(accountId)])
  return { accountId, role: account.role, hasApp: app, hasPasskey: passkey }
}

export async function endPendingSignIn(token: string): Promise<void> {
  await takePendingSignIn(token)(prisma())
}

/** Uses it up; it is gone when the password was changed meanwhile. */
export function takePendingSignIn(token: string): StillHolds {
  const where = { tokenHash: bearerTokenHash(token) }
  return async (transaction) => (await transaction.pendingSignIn.deleteMany({ where })).count > 0
}

async function hasPasskey(accountId: string): Promise<boolean> {
  return (await prisma().passkey.count({ where: { accountId } })) > 0
}
