/** What a code for a mail program is worth: one new credential, whose password only the person at home sees. */
import { z } from 'zod'
import type { CredentialView } from '#lib/accounts/index.ts'
import { createCredential, credentialLabel } from '#lib/accounts/issue-credential.ts'
import type { Visitor } from '#lib/auth/web-sessions.ts'
import type { MailboxModel, Prisma } from '#lib/db/prisma.ts'
import { codeInput, type Holder, redeemSetUpCode, redeemSetUpLink } from './redeem-set-up-code.ts'

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
  return redeemSetUpCode({ purpose: 'mailCredential', address, code }, visitor, (transaction, holder) =>
    issueTo(transaction, holder, { label, clientId }),
  )
}

export const setUpByLinkInput = setUpMailInput.pick({ clientId: true }).extend({ token: z.string().max(100) })

/** @throws AppError not_signed_in (the link is over), conflict (too many credentials; the link stays good) */
export async function setUpByLink({ token, clientId }: z.output<typeof setUpByLinkInput>): Promise<SetUpMail> {
  return redeemSetUpLink(token, (transaction, holder) => issueTo(transaction, holder, { label: '', clientId }))
}

type Wanted = { readonly label: string; readonly clientId: string | null }

/** An owner has said what the device of their helper is called. */
async function issueTo(
  transaction: Prisma.TransactionClient,
  { actor, mailbox, invitation }: Holder,
  { label, clientId }: Wanted,
): Promise<SetUpMail> {
  const issued = await createCredential(transaction, actor, mailbox, {
    label: invitation?.label ?? label,
    clientId,
    scopes: ['pop', 'imap', 'submission'],
    expiresAt: null,
    isRecoverable: false,
  })
  return { ...issued, mailbox }
}
