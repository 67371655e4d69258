/** Who works here, in what role, and who is invited. */
import { type Actor, type StaffRole, staffRoles } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { isStaff } from '#lib/auth/proofs.ts'
import { prisma } from '#lib/db/prisma.ts'

export type StaffView = {
  readonly id: string
  readonly login: string
  readonly displayName: string
  readonly mailAddress: string | null
  readonly role: StaffRole
  readonly isSelf: boolean
  readonly passkeys: number
  readonly lastSeenAt: Date | null
  readonly endedAt: Date | null
}

export type InvitationView = {
  readonly id: string
  readonly login: string
  readonly displayName: string
  readonly mailAddress: string
  readonly role: StaffRole
  readonly expiresAt: Date
}

export type StaffList = { readonly staff: readonly StaffView[]; readonly invitations: readonly InvitationView[] }

/** @throws AppError forbidden */
export async function listStaff(actor: Actor): Promise<StaffList> {
  requirePermission(actor, 'staff.read')
  const roles = { role: { in: [...staffRoles] } }
  const [accounts, invitations] = await Promise.all([
    prisma().portalAccount.findMany({
      where: roles,
      include: {
        _count: { select: { passkeys: true } },
        sessions: { select: { lastSeenAt: true }, orderBy: { lastSeenAt: 'desc' }, take: 1 },
      },
      orderBy: [{ disabledAt: { sort: 'desc', nulls: 'first' } }, { role: 'asc' }, { login: 'asc' }],
    }),
    prisma().staffInvitation.findMany({
      where: { ...roles, usedAt: null, expiresAt: { gt: new Date() } },
      orderBy: { invitedAt: 'desc' },
    }),
  ])
  const staff = accounts.flatMap((account) => {
    const { id, login, displayName, mailAddress, role, disabledAt, sessions, _count } = account
    if (!isStaff(role)) return []
    const isSelf = id === actor.accountId
    const lastSeenAt = sessions[0]?.lastSeenAt ?? null
    return [
      { id, login, displayName, mailAddress, role, isSelf, passkeys: _count.passkeys, lastSeenAt, endedAt: disabledAt },
    ]
  })
  const invited = invitations.flatMap(({ id, login, displayName, mailAddress, role, expiresAt }) =>
    isStaff(role) ? [{ id, login, displayName, mailAddress, role, expiresAt }] : [],
  )
  return { staff, invitations: invited }
}
