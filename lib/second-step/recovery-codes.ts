/**
 * Ten codes on paper for the day on which the second step is lost. Each has 138 random bits, like every secret that we
 * make, so a keyed hash is enough to keep it; each is good once. Whoever asks for new ones ends the old.
 */
import { createHmac, hkdfSync } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { recordForAccount } from '#lib/accounts/owner-notice.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { bareSecret, generateSecret } from '#lib/accounts/secret.ts'
import { requireConfirmed } from '#lib/auth/confirmation.ts'
import type { Session } from '#lib/auth/web-sessions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'

const CODES = 10

export const recoveryCode = z.string().trim().min(1).max(100)

function digestOf(accountId: string, code: string): Uint8Array<ArrayBuffer> {
  const key = Buffer.from(hkdfSync('sha256', secretsEnv().masterKey, '', 'recovery-code', 32))
  const content = JSON.stringify([accountId, bareSecret(code.normalize('NFKC'))])
  return new Uint8Array(createHmac('sha256', key).update(content).digest())
}

/** @returns the codes, for this once. @throws AppError forbidden */
export async function issueRecoveryCodes(session: Session): Promise<readonly string[]> {
  const { actor } = session
  requirePermission(actor, 'signIn.change')
  requireConfirmed(session)
  const { accountId } = actor
  const codes = Array.from({ length: CODES }, generateSecret)
  await prisma().$transaction(async (transaction) => {
    await transaction.recoveryCode.deleteMany({ where: { accountId } })
    const data = codes.map((code) => ({ accountId, digest: digestOf(accountId, code) }))
    await transaction.recoveryCode.createMany({ data })
    await recordForAccount(transaction, actor, { action: 'recoveryCodes.issue' })
  })
  return codes
}

export async function countRecoveryCodes(actor: Actor): Promise<number> {
  requirePermission(actor, 'webSession.read')
  return prisma().recoveryCode.count({ where: { accountId: actor.accountId, usedAt: null } })
}

/** @returns whether it was one that was still good; it no longer is */
export async function takeRecoveryCode(accountId: string, code: string): Promise<boolean> {
  const digest = digestOf(accountId, code)
  return prisma().$transaction(async (transaction) => {
    const good = { digest, accountId, usedAt: null }
    const { count } = await transaction.recoveryCode.updateMany({ where: good, data: { usedAt: new Date() } })
    if (count === 0) return false
    const { role, customerId } = await transaction.portalAccount.findUniqueOrThrow({ where: { id: accountId } })
    await recordForAccount(transaction, { accountId, role, customerId }, { action: 'recoveryCode.use' })
    return true
  })
}
