/** Of each deed that takes two people: how what was asked is read again, what it says, and how it is done. */
import { z } from 'zod'
import { notFound } from '#lib/accounts/actor.ts'
import type { ApprovalDeed } from '#lib/approvals/deeds.ts'
import { manyOperations } from '#lib/approvals/many-operations.ts'
import { isStaff } from '#lib/auth/proofs.ts'
import { prisma } from '#lib/db/prisma.ts'
import { changeStaffRole, changeStaffRoleInput } from '#lib/staff/change-staff.ts'
import { inviteStaff, inviteStaffInput } from '#lib/staff/invite-staff.ts'
import { deskOrders } from './desk-orders.ts'
import type { Fact } from './facts.ts'
import { orderOf, type ReadOrder } from './kept-order.ts'

export const orders: Readonly<Record<ApprovalDeed, ReadOrder>> = {
  ...deskOrders,
  inviteStaff: orderOf(inviteStaffInput.omit({ reason: true }), {
    facts: async ({ displayName, login, mailAddress, role }) => [
      { name: 'displayName', value: displayName },
      { name: 'login', value: login },
      { name: 'mailAddress', value: mailAddress },
      { name: 'role', value: role },
    ],
    perform: inviteStaff,
    takesProof: true,
  }),
  changeStaffRole: orderOf(changeStaffRoleInput.omit({ reason: true }), {
    facts: aboutRole,
    perform: changeStaffRole,
    takesProof: true,
  }),
  actOnMany: orderOf(z.object({ operation: z.enum(manyOperations) }), {
    facts: async ({ operation }) => [{ name: 'operation', value: operation }],
    perform: null,
  }),
}

type RoleOrder = Omit<z.output<typeof changeStaffRoleInput>, 'reason'>

async function aboutRole({ accountId, role }: RoleOrder): Promise<Fact[]> {
  const colleague = await prisma().portalAccount.findUnique({ where: { id: accountId } })
  if (colleague === null || !isStaff(colleague.role)) throw notFound(`staff ${accountId}`)
  return [
    { name: 'displayName', value: colleague.displayName },
    { name: 'login', value: colleague.login },
    { name: 'formerRole', value: colleague.role },
    { name: 'role', value: role },
  ]
}
