/** The passkeys of the account that is signed in. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { recordForAccount } from '#lib/accounts/owner-notice.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { requireConfirmed } from '#lib/auth/confirmation.ts'
import type { Session } from '#lib/auth/web-sessions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'

export type PasskeyView = {
  readonly id: string
  readonly label: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

export async function listPasskeys(actor: Actor): Promise<PasskeyView[]> {
  requirePermission(actor, 'webSession.read')
  const { accountId } = actor
  const select = { id: true, label: true, createdAt: true, lastUsedAt: true }
  return prisma().passkey.findMany({ where: { accountId }, select, orderBy: { createdAt: 'asc' } })
}

export const removePasskeyInput = z.object({ passkeyId: z.uuid() })

/** @throws AppError not_found, also for one of somebody else; forbidden; conflict (the last one of staff) */
export async function removePasskey(session: Session, input: z.output<typeof removePasskeyInput>): Promise<void> {
  const { actor } = session
  requirePermission(actor, 'signIn.change')
  requireConfirmed(session)
  const { accountId, role } = actor
  await prisma().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT 1 FROM portal_accounts WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`
    const all = await transaction.passkey.findMany({ where: { accountId } })
    const passkey = all.find(({ id }) => id === input.passkeyId)
    if (passkey === undefined) throw notFound(`passkey ${input.passkeyId} of ${accountId}`)
    if (all.length === 1 && role !== 'SUBSCRIBER') throw lastOfStaff()
    await transaction.passkey.delete({ where: { id: passkey.id } })
    await recordForAccount(transaction, actor, { action: 'passkey.remove', details: { label: passkey.label } })
  })
}

function lastOfStaff(): AppError {
  return new AppError('conflict', 'the last passkey of staff', {
    ja: '担当者の最後のパスキーは削除できません。先に別のパスキーを登録してください。',
    en: 'The last passkey of a member of staff cannot be removed. Register another one first.',
  })
}
