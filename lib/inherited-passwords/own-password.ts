/** An owner ends reading by the password of the old system before its day has come. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { currentPolicy } from '#lib/policy/index.ts'
import { forgetOnRecord } from './list-passwords.ts'

export const endInheritedReadingInput = z.strictObject({ mailboxId: z.int().positive() })

export type InheritedReader = {
  readonly mailboxId: number
  /** ISO: until then programs read by it */
  readonly until: string
}

/** Mailboxes of this person that programs may still read by the old password. @throws AppError forbidden */
export async function ownInheritedReaders(actor: Actor): Promise<InheritedReader[]> {
  requirePermission(actor, 'credential.read')
  const until = (await currentPolicy()).document.inheritedPasswords.readingUntil
  if (actor.customerId === null || until === null || Date.parse(until) <= Date.now()) return []
  const kept = await prisma().inheritedPassword.findMany({
    where: { mailbox: { customerId: actor.customerId } },
    select: { mailboxId: true },
  })
  return kept.map(({ mailboxId }) => ({ mailboxId, until }))
}

/** Programs that read by it are sent away at once. @throws AppError forbidden, not_found */
export async function endInheritedReading(
  actor: Actor,
  input: z.infer<typeof endInheritedReadingInput>,
): Promise<void> {
  requirePermission(actor, 'credential.revoke')
  const { mailboxId } = endInheritedReadingInput.parse(input)
  await accessibleMailbox(actor, mailboxId, 'manage')
  const isForgotten = await prisma().$transaction((transaction) => forgetOnRecord(transaction, actor, mailboxId, ''))
  if (!isForgotten) throw notFound(`inherited password of mailbox ${mailboxId}`)
}
