/**
 * Signed-in browsers, in the database. Guarantees: a session that was revoked, ran out (idle or absolute) or whose
 * account was disabled is refused at the very next request; nothing about it is cached between requests. Where a password
 * is changed while somebody signs in with the old one, their session is not opened, or ended with the others.
 */
import type { AccountRole, Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { bearerTokenHash, newBearerToken } from '#lib/bearer-tokens/bearer-token.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { type Proof, roleProvedBy } from './proofs.ts'
import { sessionLimits } from './session-limits.ts'
import type { BrowserMemory } from './sign-in-protection.ts'

export type Session = {
  readonly id: string
  readonly actor: Actor
  readonly login: string
  readonly displayName: string
  /** when the person last proved to be there */
  readonly confirmedAt: Date
}

/** Who has proved by what to be the owner of which account. */
export type ProvedIdentity = { readonly accountId: string; readonly role: AccountRole; readonly provedBy: Proof }

/** Where a request came from; `memory`: at doors that know a browser again. */
export type Visitor = { readonly address: string; readonly userAgent: string; readonly memory?: BrowserMemory }

export type WebSessionView = {
  readonly id: string
  readonly isThisOne: boolean
  readonly address: string
  readonly userAgent: string
  readonly createdAt: Date
  readonly lastSeenAt: Date
}

/** Not every request needs a write: being seen is noted once a minute. */
const SEEN_AGAIN_AFTER_MS = 60_000
const MAX_USER_AGENT_LENGTH = 300

/** Whether a proof is still worth something, asked while nobody can change the account's password. */
export type StillHolds = (transaction: Prisma.TransactionClient) => Promise<boolean>

export function knowsPassword({ accountId: id, passwordHash }: PasswordProof): StillHolds {
  return async (transaction) => (await transaction.portalAccount.count({ where: { id, passwordHash } })) > 0
}

type PasswordProof = { readonly accountId: string; readonly passwordHash: string }

/** Does the work unless the proof was overtaken. @throws AppError not_signed_in */
export async function whileItHolds(
  accountId: string,
  stillHolds: StillHolds,
  work: (transaction: Prisma.TransactionClient) => Promise<unknown>,
): Promise<void> {
  await prisma().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT 1 FROM portal_accounts WHERE id = ${accountId}::uuid FOR SHARE`
    if (!(await stillHolds(transaction))) throw overtaken()
    await work(transaction)
  })
}

/**
 * @returns the token for the cookie; always a new one, so that a planted token is worth nothing
 * @throws AppError not_signed_in (the proof was overtaken)
 */
export async function openWebSession(
  { accountId, role, provedBy }: ProvedIdentity,
  visitor: Visitor,
  stillHolds: StillHolds = async () => true,
): Promise<string> {
  const token = newBearerToken()
  const data = {
    tokenHash: bearerTokenHash(token),
    accountId,
    provedBy,
    address: visitor.address,
    userAgent: visitor.userAgent.slice(0, MAX_USER_AGENT_LENGTH),
    expiresAt: new Date(Date.now() + sessionLimits(role).absoluteSeconds * 1_000),
  }
  await whileItHolds(accountId, stillHolds, (transaction) => transaction.webSession.create({ data }))
  return token
}

export async function findWebSession(token: string, now = new Date()): Promise<Session | null> {
  const row = await prisma().webSession.findUnique({
    where: { tokenHash: bearerTokenHash(token) },
    include: { account: true },
  })
  if (row === null || row.revokedAt !== null || row.account.disabledAt !== null) return null
  const { id, account, lastSeenAt, expiresAt } = row
  const idleMs = now.getTime() - lastSeenAt.getTime()
  if (expiresAt <= now || idleMs > sessionLimits(account.role).idleSeconds * 1_000) return null
  if (idleMs > SEEN_AGAIN_AFTER_MS) {
    await prisma().webSession.updateMany({ where: { id, revokedAt: null }, data: { lastSeenAt: now } })
  }
  const { customerId, login, displayName } = account
  const role = roleProvedBy(account.role, row.provedBy)
  const actor = { accountId: account.id, role, customerId }
  return { id, actor, login, displayName, confirmedAt: row.confirmedAt }
}

/** The person of this session has proved once more who they are. A better proof than before replaces it. */
export async function confirmWebSession(sessionId: string, provedBy?: Proof): Promise<void> {
  const proof = provedBy === undefined ? {} : { provedBy }
  await prisma().webSession.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { confirmedAt: new Date(), ...proof },
  })
}

/**
 * Signs an account out everywhere, except where `exceptId` says: sign-ins that wait for their second step, and links for a
 * forgotten password that are on their way, end too.
 */
export async function revokeSessionsOf(
  transaction: Prisma.TransactionClient,
  accountId: string,
  exceptId?: string,
): Promise<void> {
  const other = exceptId === undefined ? {} : { id: { not: exceptId } }
  await transaction.webSession.updateMany({
    where: { accountId, revokedAt: null, ...other },
    data: { revokedAt: new Date() },
  })
  await transaction.pendingSignIn.deleteMany({ where: { accountId } })
  await transaction.recoveryLink.deleteMany({ where: { accountId, usedAt: null } })
}

export async function revokeToken(token: string): Promise<void> {
  await prisma().webSession.updateMany({
    where: { tokenHash: bearerTokenHash(token), revokedAt: null },
    data: { revokedAt: new Date() },
  })
}

/** The actor's own sessions that are still alive, the latest first. */
export async function listWebSessions(session: Session): Promise<WebSessionView[]> {
  const { actor } = session
  requirePermission(actor, 'webSession.read')
  const now = Date.now()
  const rows = await prisma().webSession.findMany({
    where: {
      accountId: actor.accountId,
      revokedAt: null,
      expiresAt: { gt: new Date(now) },
      lastSeenAt: { gt: new Date(now - sessionLimits(actor.role).idleSeconds * 1_000) },
    },
    orderBy: { lastSeenAt: 'desc' },
  })
  return rows.map(({ id, address, userAgent, createdAt, lastSeenAt }) => {
    return { id, isThisOne: id === session.id, address, userAgent, createdAt, lastSeenAt }
  })
}

function overtaken(): AppError {
  return new AppError('not_signed_in', 'the password was changed meanwhile', {
    ja: 'ログインの途中で、パスワードが変更されました。新しいパスワードで、はじめからやり直してください。',
    en: 'The password was changed while you were signing in. Begin again with the new one.',
  })
}
