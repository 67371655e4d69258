/** Everywhere that a mailbox's mail is sent on to, or would be once somebody there has agreed. */
import type { Actor } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { prisma } from '#lib/db/prisma.ts'

export type ForwardView = {
  readonly address: string
  /** asked: a letter is on its way or will be in a moment, and nothing is forwarded until its link was opened */
  readonly state: 'confirmed' | 'asked'
  readonly since: string
}

/** @throws AppError not_found */
export async function listForwards(actor: Actor, mailboxId: number): Promise<ForwardView[]> {
  await accessibleMailbox(actor, mailboxId, 'manage')
  const rows = await prisma().forwardAddress.findMany({ where: { mailboxId }, orderBy: { address: 'asc' } })
  return rows.map(({ address, verifiedAt, requestedAt }) => ({
    address,
    state: verifiedAt === null ? 'asked' : 'confirmed',
    since: (verifiedAt ?? requestedAt).toISOString(),
  }))
}
