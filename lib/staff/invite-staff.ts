/**
 * An operator invites somebody to work here. An engine worker sends the link: the operator never sees it, and never a
 * password. The link is good once, for two days; whoever follows it chooses a password, and registers a passkey before
 * they reach anything.
 */
import { z } from 'zod'
import { type Actor, notFound, staffRoles } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import type { GuardedOutcome } from '#lib/approvals/deeds.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { requireConfirmed } from '#lib/auth/confirmation.ts'
import type { Session } from '#lib/auth/web-sessions.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { lockStaff, passPromotion } from './staff-gate.ts'
import { staffMailAddress } from './staff-mail-address.ts'

export const inviteStaffInput = z.object({
  /** no address, so that it is nobody's who has a contract */
  login: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$/)
    .min(3)
    .max(40),
  mailAddress: z.string().trim().max(254),
  displayName: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^[^\p{Cc}]*$/u),
  role: z.enum(staffRoles),
  reason: auditReason,
})

const VALID_FOR_MS = 2 * 86_400_000

/** @throws AppError forbidden (not confirmed lately), invalid_input (no address), conflict (the login is taken) */
export async function inviteStaff(session: Session, input: z.output<typeof inviteStaffInput>): Promise<GuardedOutcome> {
  const { actor } = session
  requirePermission(actor, 'staff.change')
  requireConfirmed(session)
  const { login, displayName, role, reason } = input
  const mailAddress = staffMailAddress(input.mailAddress)
  return prisma().$transaction(async (transaction) => {
    await lockStaff(transaction)
    await transaction.staffInvitation.deleteMany({ where: { expiresAt: { lt: new Date() } } })
    if (await isTaken(transaction, login)) throw taken(login)
    const who = `${login} <${mailAddress}>`
    const order = { login, mailAddress, displayName, role }
    const promotion = { deed: 'inviteStaff', order, role, who, reason } as const
    if (!(await passPromotion(transaction, actor, promotion))) return 'awaitingApproval'
    const expiresAt = new Date(Date.now() + VALID_FOR_MS)
    const { id } = await transaction.staffInvitation.create({
      data: { ...order, invitedBy: actor.accountId, expiresAt },
    })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'staff.invite',
      subject: `invitation:${id}`,
      mailboxId: null,
      reason,
      details: { login, role },
    })
    return 'done'
  })
}

export const withdrawStaffInvitationInput = z.object({ invitationId: z.uuid() })

/** @throws AppError forbidden, not_found (used, or over) */
export async function withdrawStaffInvitation(
  actor: Actor,
  { invitationId: id }: z.output<typeof withdrawStaffInvitationInput>,
): Promise<void> {
  requirePermission(actor, 'staff.change')
  await prisma().$transaction(async (transaction) => {
    const { count } = await transaction.staffInvitation.deleteMany({ where: { id, usedAt: null } })
    if (count === 0) throw notFound(`invitation ${id}`)
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'staff.withdrawInvitation',
      subject: `invitation:${id}`,
      mailboxId: null,
      reason: '',
      details: {},
    })
  })
}

/** Whoever has ended may be invited again under their login. */
async function isTaken(transaction: Prisma.TransactionClient, login: string): Promise<boolean> {
  const [accounts, invitations] = await Promise.all([
    transaction.portalAccount.count({
      where: { login, OR: [{ disabledAt: null }, { role: { notIn: [...staffRoles] } }] },
    }),
    transaction.staffInvitation.count({ where: { login, usedAt: null, expiresAt: { gt: new Date() } } }),
  ])
  return accounts + invitations > 0
}

function taken(login: string): AppError {
  return new AppError('conflict', `the login ${login} is taken`, {
    ja: `ログイン名「${login}」は、すでに使われているか、招待中です。別のログイン名にしてください。だれも招待していません。`,
    en: `The login “${login}” is in use, or invited already. Choose another one. Nobody was invited.`,
  })
}
