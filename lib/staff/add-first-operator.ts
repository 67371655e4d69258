/**
 * On a new site nobody can invite anybody. Whoever may read the service's keys makes the first operator, who then
 * invites the others. Where an operator may sign in, there is no first one any more.
 */
import type { z } from 'zod'
import { createPortalAccount } from '#lib/accounts/create-portal-account.ts'
import { generateSecret } from '#lib/accounts/secret.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { parseMailAddress } from '#lib/mail/mail-address.ts'
import { inviteStaffInput } from './invite-staff.ts'
import { lockStaff } from './staff-gate.ts'

export const addFirstOperatorInput = inviteStaffInput.omit({ role: true })

/** @returns the password, which is kept nowhere. @throws AppError invalid_input, conflict (there is an operator, or the login is taken) */
export async function addFirstOperator(
  input: z.input<typeof addFirstOperatorInput>,
): Promise<{ readonly password: string }> {
  const { reason, ...person } = addFirstOperatorInput.parse(input)
  if (parseMailAddress(person.mailAddress) === null) throw noAddress()
  const password = generateSecret()
  await prisma().$transaction(async (transaction) => {
    await lockStaff(transaction)
    const operators = { role: 'OPERATOR', disabledAt: null } as const
    const there = await transaction.portalAccount.count({ where: { OR: [operators, { login: person.login }] } })
    if (there > 0) throw isNotFirst()
    const account = { ...person, password, role: 'OPERATOR', customerId: null } as const
    const { accountId } = await createPortalAccount(transaction, account)
    await appendAudit(transaction, {
      actorId: null,
      action: 'staff.addFirst',
      subject: `account:${accountId}`,
      mailboxId: null,
      reason,
      details: { login: person.login },
    })
  })
  return { password }
}

function isNotFirst(): AppError {
  return new AppError('conflict', 'there is an operator, or the login is taken', {
    ja: '運用担当がすでにいるか、このログイン名が使われています。運用担当がいるときは、その方に「担当者の管理」の画面から招待してもらってください。',
    en: 'There is an operator already, or the login is taken. Let an operator invite you on the page "Staff".',
  })
}

function noAddress(): AppError {
  return new AppError('invalid_input', 'no mail address', {
    ja: 'メールアドレスとして読み取れませんでした。何も変更されていません。',
    en: 'This is not a mail address. Nothing was changed.',
  })
}
