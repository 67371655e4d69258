/** An agent puts another telephone number on record. For a day nothing that opens an account is read out to it. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { recordForOwner } from '#lib/accounts/owner-notice.ts'
import type { GuardedOutcome } from '#lib/approvals/deeds.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { canonicalPhoneNumber } from '#lib/mail/phone-number.ts'
import { assistInput } from './assisted-mailbox.ts'
import { requireOpenCustomer } from './open-customer.ts'
import { passReach } from './pass-reach.ts'

export const changeContactInput = assistInput.omit({ mailboxId: true }).extend({ phone: z.string().trim().max(40) })

/** @throws AppError invalid_input (no telephone number), forbidden */
export async function changeContact(actor: Actor, input: z.input<typeof changeContactInput>): Promise<GuardedOutcome> {
  const { customerId, phone: written, reason } = changeContactInput.parse(input)
  await requireOpenCustomer(actor, customerId)
  const phone = canonicalPhoneNumber(written)
  if (phone === null) throw noPhoneNumber()
  const mailboxes = await prisma().mailbox.findMany({
    where: { customerId },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  const [first] = mailboxes
  if (first === undefined) throw notFound(`a mailbox of ${customerId}`)
  return prisma().$transaction(async (transaction) => {
    const order = { customerId, phone }
    const matter = { deed: 'changeContact', customerId, mailboxId: first.id, order, reason } as const
    if (!(await passReach(transaction, actor, matter))) return 'awaitingApproval'
    const changed = { phone, changedAt: new Date(), verifiedAt: null }
    await transaction.contact.upsert({ where: { customerId }, create: { customerId, ...changed }, update: changed })
    await transaction.setUpCode.deleteMany({ where: { mailbox: { customerId }, usedAt: null } })
    for (const { id: mailboxId } of mailboxes) {
      await recordForOwner(transaction, {
        actorId: actor.accountId,
        action: 'contact.change',
        subject: `customer:${customerId}`,
        mailboxId,
        reason,
        details: {},
      })
    }
    return 'done'
  })
}

function noPhoneNumber(): AppError {
  return new AppError('invalid_input', 'not a telephone number', {
    ja: '電話番号として読み取れませんでした。市外局番から入力してください。何も変更されていません。',
    en: 'This is not a telephone number. Enter it with its area code. Nothing was changed.',
  })
}
