/** Input with which the actions about staff work for those who may: somebody to change, to end, to invite. */
import { createHash, randomBytes } from 'node:crypto'
import { portalPassword } from '#tests/support/password.ts'
import type { Samples } from './sign-in-samples.ts'

const reason = 'case 17'

export const staffSamples: Samples = {
  inviteStaffAction: () => ({
    ...{ login: aLogin(), mailAddress: 'sato@example.net', displayName: 'Sato', role: 'SUPPORT_AGENT', reason },
  }),
  withdrawStaffInvitationAction: async () => ({ invitationId: (await anInvitation()).invitationId }),
  acceptInvitationAction: async () => ({ token: (await anInvitation()).token, newPassword: portalPassword }),
  changeStaffRoleAction: async () => ({ accountId: await aColleague(), role: 'AUDITOR', reason }),
  askForOwnAddressAction: () => ({ address: 'new@example.net' }),
  confirmOwnAddressAction: async () => ({ token: await anAskedAddress() }),
  endStaffAction: async () => ({ accountId: await aColleague(), reason }),
}

function aLogin(): string {
  return `s${randomBytes(6).toString('hex')}`
}

async function aColleague(): Promise<string> {
  const { createPortalAccount } = await import('#lib/accounts/index.ts')
  const { prisma } = await import('#lib/db/prisma.ts')
  const account = { login: aLogin(), password: portalPassword, displayName: 'Sato', customerId: null }
  const { accountId } = await prisma().$transaction((transaction) =>
    createPortalAccount(transaction, { ...account, role: 'SUPPORT_AGENT' }),
  )
  return accountId
}

async function anAskedAddress(): Promise<string> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const token = randomBytes(32).toString('base64url')
  const tokenHash = createHash('sha256').update(token).digest()
  await prisma().staffAddressChange.create({
    data: { accountId: await aColleague(), address: 'new@example.net', tokenHash },
  })
  return token
}

async function anInvitation() {
  const { prisma } = await import('#lib/db/prisma.ts')
  const token = randomBytes(32).toString('base64url')
  const { id: invitationId } = await prisma().staffInvitation.create({
    data: {
      ...{ login: aLogin(), mailAddress: 'sato@example.net', displayName: 'Sato', role: 'SUPPORT_AGENT' },
      tokenHash: createHash('sha256').update(token).digest(),
      invitedBy: crypto.randomUUID(),
      expiresAt: new Date(Date.now() + 600_000),
    },
  })
  return { token, invitationId }
}
