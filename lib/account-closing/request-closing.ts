/**
 * A subscriber wants a mailbox and all that is in it deleted. It happens after the policy's waiting time, in which the
 * mailbox works and receives as before and its owner may change their mind; three letters say so.
 */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { recordForOwner } from '#lib/accounts/owner-notice.ts'
import { identityProof, proveIdentity } from '#lib/auth/prove-identity.ts'
import type { Visitor } from '#lib/auth/web-sessions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { currentPolicy } from '#lib/policy/index.ts'

const whose = z.object({ mailboxId: z.coerce.number().int().positive() })

export const requestClosingInput = whose.extend({
  ...identityProof.shape,
  /** the person says to know what goes */
  understood: z.array(z.literal('on')).length(1),
})
export const cancelClosingInput = whose

const DAY_MS = 86_400_000

/** @returns when it will happen @throws AppError not_found, not_signed_in (password or code), too_many_attempts, conflict (asked already) */
export async function requestClosing(
  actor: Actor,
  input: z.input<typeof requestClosingInput>,
  visitor: Visitor,
): Promise<Date> {
  const { mailboxId, password, code } = requestClosingInput.parse(input)
  await accessibleMailbox(actor, mailboxId, 'manage')
  await proveIdentity(actor, { password, code }, visitor)
  const { waitDays } = (await currentPolicy()).document.closing
  const closesAt = new Date(Date.now() + waitDays * DAY_MS)
  await change(actor, { mailboxId, from: null, to: closesAt, action: 'mailbox.requestClosing' })
  return closesAt
}

/** @throws AppError not_found, conflict (not asked for, or over already) */
export async function cancelClosing(actor: Actor, input: z.input<typeof cancelClosingInput>): Promise<void> {
  const { mailboxId } = cancelClosingInput.parse(input)
  const { closesAt } = await accessibleMailbox(actor, mailboxId, 'manage')
  await change(actor, { mailboxId, from: closesAt, to: null, action: 'mailbox.cancelClosing' })
}

type Change = {
  readonly mailboxId: number
  readonly from: Date | null
  readonly to: Date | null
  readonly action: 'mailbox.requestClosing' | 'mailbox.cancelClosing'
}

async function change({ accountId }: Actor, { mailboxId, from, to, action }: Change): Promise<void> {
  await prisma().$transaction(async (transaction) => {
    const { count } = await transaction.mailbox.updateMany({
      where: { id: mailboxId, closesAt: from },
      data: { closesAt: to, closingWarnings: 0 },
    })
    if (count === 0 || (from === null) === (to === null)) throw nothingToChange()
    await recordForOwner(transaction, {
      actorId: accountId,
      action,
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: '',
      details: { closesAt: to?.toISOString() ?? null },
    })
  })
}

function nothingToChange(): AppError {
  return new AppError('conflict', 'closing was changed meanwhile', {
    ja: '画面を開いてから、状態が変わっています。ページを開き直してください。いまの操作では、何も変更されていません。',
    en: 'Something changed since you opened this page. Please open it again. Nothing was changed now.',
  })
}
