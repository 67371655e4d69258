/**
 * What an agent does when somebody else may hold a customer's passwords: revoke them all, end every session of the
 * portal and of mail programs, close the RelayWindows. Each is true from its commit on; live sessions end within a
 * second.
 */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { recordForOwner } from '#lib/accounts/owner-notice.ts'
import type { OwnerNoticeKind } from '#lib/accounts/owner-notice-kinds.ts'
import type { GuardedOutcome } from '#lib/approvals/deeds.ts'
import { type MailboxModel, type Prisma, prisma } from '#lib/db/prisma.ts'
import { forgetPassword } from '#lib/inherited-passwords/import-password.ts'
import { assistedMailbox, assistInput } from './assisted-mailbox.ts'
import { passReach } from './pass-reach.ts'
import { type ShutOutDeed, shutOutDeeds } from './shut-out-deeds.ts'

export const shutOutInput = assistInput.extend({ deed: z.enum(shutOutDeeds) })

type Perform = (transaction: Prisma.TransactionClient, mailbox: MailboxModel) => Promise<number>

const deeds: Record<ShutOutDeed, { readonly action: OwnerNoticeKind; readonly perform: Perform }> = {
  revokeCredentials: { action: 'mailbox.revokeCredentials', perform: revokeCredentials },
  endSessions: { action: 'mailbox.endSessions', perform: endSessions },
  closeRelayWindows: { action: 'mailbox.closeRelayWindows', perform: closeRelayWindows },
}

/** @throws AppError not_found (not this customer's), forbidden */
export async function shutOut(actor: Actor, input: z.input<typeof shutOutInput>): Promise<GuardedOutcome> {
  const { deed, reason, ...whose } = shutOutInput.parse(input)
  const mailbox = await assistedMailbox(actor, whose)
  const { action, perform } = deeds[deed]
  return prisma().$transaction(async (transaction) => {
    if (!(await passReach(transaction, actor, { deed, ...whose, order: whose, reason }))) return 'awaitingApproval'
    const count = await perform(transaction, mailbox)
    await recordForOwner(transaction, {
      actorId: actor.accountId,
      action,
      subject: `mailbox:${mailbox.id}`,
      mailboxId: mailbox.id,
      reason,
      details: { count },
    })
    return 'done'
  })
}

async function revokeCredentials(transaction: Prisma.TransactionClient, { id: mailboxId }: MailboxModel) {
  const { count } = await transaction.credential.updateMany({
    where: { mailboxId, revokedAt: null },
    data: { revokedAt: new Date(), sealedKey: null, sealedSecret: null },
  })
  const hadInherited = await forgetPassword(transaction, mailboxId)
  await transaction.relayWindow.deleteMany({ where: { mailboxId } })
  await transaction.knownDevice.deleteMany({ where: { account: `mailbox:${mailboxId}` } })
  await transaction.$executeRaw`SELECT pg_notify('access_changed', ${String(mailboxId)})`
  return count + Number(hadInherited)
}

async function endSessions(transaction: Prisma.TransactionClient, { id: mailboxId, customerId }: MailboxModel) {
  const { count } = await transaction.webSession.updateMany({
    where: { account: { customerId, role: 'SUBSCRIBER' }, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  const connected = await transaction.liveSession.count({ where: { mailboxId } })
  await transaction.$executeRaw`SELECT pg_notify('session_end_requested', ${`${mailboxId} *`})`
  return count + connected
}

async function closeRelayWindows(transaction: Prisma.TransactionClient, { id: mailboxId }: MailboxModel) {
  return (await transaction.relayWindow.deleteMany({ where: { mailboxId } })).count
}
