/** What a code for a mail program is worth: one new credential, whose password only the person at home sees. */
import { z } from 'zod'
import type { CredentialView } from '#lib/accounts/index.ts'
import { createCredential, credentialLabel } from '#lib/accounts/issue-credential.ts'
import type { Visitor } from '#lib/auth/web-sessions.ts'
import type { MailboxModel } from '#lib/db/prisma.ts'
import { codeInput, redeemSetUpCode } from './redeem-set-up-code.ts'

export const setUpMailInput = codeInput.extend({
  label: credentialLabel,
  clientId: z
    .string()
    .regex(/^[a-z0-9-]{0,60}$/)
    .transform((id) => (id === '' ? null : id)),
})

export type SetUpMail = {
  readonly credential: CredentialView
  readonly password: string
  readonly mailbox: Pick<MailboxModel, 'address' | 'sendingMethod'>
}

/** @throws AppError not_signed_in (no such code), too_many_attempts, conflict (too many credentials; the code stays good) */
export async function setUpMail(input: z.output<typeof setUpMailInput>, visitor: Visitor): Promise<SetUpMail> {
  const { address, code, label, clientId } = input
  return redeemSetUpCode({ purpose: 'mailCredential', address, code }, visitor, async (transaction, holder) => {
    const { actor, mailbox } = holder
    const issued = await createCredential(transaction, actor, mailbox, {
      label,
      clientId,
      scopes: ['pop', 'imap', 'submission'],
      expiresAt: null,
      isRecoverable: false,
    })
    return { ...issued, mailbox }
  })
}
