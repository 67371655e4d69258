/**
 * An operator changes what somebody of the staff may do, or ends it. Nobody changes themselves, there is always an
 * operator left, and whoever is concerned hears of it by a letter. Sessions, tokens and the invitations that they have sent
 * and nobody has followed end with the commit.
 */
import { z } from 'zod'
import { notFound, staffRoles } from '#lib/accounts/actor.ts'
import type { AddressNoticeKind } from '#lib/accounts/address-notice-kinds.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import type { GuardedOutcome } from '#lib/approvals/deeds.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { requireConfirmed } from '#lib/auth/confirmation.ts'
import { isStaff } from '#lib/auth/proofs.ts'
import { revokeSessionsOf, type Session } from '#lib/auth/web-sessions.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { lockStaff, passPromotion } from './staff-gate.ts'

export const changeStaffRoleInput = z.object({ accountId: z.uuid(), role: z.enum(staffRoles), reason: auditReason })
export const endStaffInput = changeStaffRoleInput.omit({ role: true })

/** @throws AppError forbidden (not confirmed lately), not_found, conflict (oneself, the last operator, no change) */
export async function changeStaffRole(
  session: Session,
  { accountId, role, reason }: z.output<typeof changeStaffRoleInput>,
): Promise<GuardedOutcome> {
  const { actor } = session
  return changing(session, accountId, async (transaction, colleague) => {
    if (colleague.role === role) throw noChange()
    const who = `${colleague.login} (${colleague.displayName})`
    const order = { accountId, role }
    const promotion = { deed: 'changeStaffRole', order, role, who, accountId, reason } as const
    if (!(await passPromotion(transaction, actor, promotion))) return 'awaitingApproval'
    await transaction.portalAccount.update({ where: { id: accountId }, data: { role } })
    const details = { from: colleague.role, to: role }
    await settle(transaction, { actorId: actor.accountId, colleague, action: 'staff.changeRole', reason, details })
    return 'done'
  })
}

/** @throws AppError forbidden (not confirmed lately), not_found, conflict (oneself, the last operator) */
export async function endStaff(session: Session, { accountId, reason }: z.output<typeof endStaffInput>): Promise<void> {
  const { actor } = session
  await changing(session, accountId, async (transaction, colleague) => {
    await transaction.portalAccount.update({ where: { id: accountId }, data: { disabledAt: new Date() } })
    const details = { role: colleague.role }
    await settle(transaction, { actorId: actor.accountId, colleague, action: 'staff.end', reason, details })
  })
}

type Colleague = Prisma.PortalAccountGetPayload<object>

async function changing<Result>(
  session: Session,
  accountId: string,
  change: (transaction: Prisma.TransactionClient, colleague: Colleague) => Promise<Result>,
): Promise<Result> {
  const { actor } = session
  requirePermission(actor, 'staff.change')
  requireConfirmed(session)
  if (accountId === actor.accountId) throw oneself()
  return prisma().$transaction(async (transaction) => {
    await lockStaff(transaction)
    const colleague = await transaction.portalAccount.findFirst({ where: { id: accountId, disabledAt: null } })
    if (colleague === null || !isStaff(colleague.role)) throw notFound(`staff ${accountId}`)
    const result = await change(transaction, colleague)
    const operators = await transaction.portalAccount.count({ where: { role: 'OPERATOR', disabledAt: null } })
    if (operators === 0) throw lastOperator()
    return result
  })
}

type Settlement = {
  readonly actorId: string
  readonly colleague: Colleague
  readonly action: AddressNoticeKind
  readonly reason: string
  readonly details: Readonly<Record<string, string>>
}

/** What was open in the old role is closed; it is on record, and the person is told. */
async function settle(
  transaction: Prisma.TransactionClient,
  { actorId, colleague, action, reason, details }: Settlement,
): Promise<void> {
  const { id: accountId, mailAddress } = colleague
  await revokeSessionsOf(transaction, accountId)
  await transaction.apiToken.updateMany({ where: { accountId, revokedAt: null }, data: { revokedAt: new Date() } })
  await transaction.staffInvitation.deleteMany({ where: { invitedBy: accountId, usedAt: null } })
  await transaction.approval.updateMany({
    where: { usedAt: null, OR: [{ requestedBy: accountId }, { decidedBy: accountId, isApproved: true }] },
    data: { expiresAt: new Date() },
  })
  const entry = { actorId, action, subject: `account:${accountId}`, mailboxId: null, reason, details }
  await appendAudit(transaction, entry)
  if (mailAddress !== null) await transaction.addressNotice.create({ data: { address: mailAddress, kind: action } })
}

function oneself(): AppError {
  return new AppError('conflict', 'one’s own role', {
    ja: 'ご自身の役割は変えられません。ほかの運用担当に頼んでください。何も変更されていません。',
    en: 'You cannot change your own role. Ask another operator. Nothing was changed.',
  })
}

function lastOperator(): AppError {
  return new AppError('conflict', 'the last operator', {
    ja: '運用担当がひとりもいなくなるため、変更できません。先に、ほかの人を運用担当にしてください。何も変更されていません。',
    en: 'There would be no operator left. Make somebody else an operator first. Nothing was changed.',
  })
}

function noChange(): AppError {
  return new AppError('conflict', 'the same role', {
    ja: 'すでにこの役割です。何も変更されていません。',
    en: 'They have this role already. Nothing was changed.',
  })
}
