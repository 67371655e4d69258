/** Credentials of any mailbox, for operators and their programs. The password is in the answer to issuing, once. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { createCredential, credentialLabel } from '#lib/accounts/issue-credential.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { revokeCredentialRow } from '#lib/accounts/revoke-credential.ts'
import { type CredentialView, credentialScopes, credentialView } from '#lib/accounts/views.ts'
import { actingOnMany } from '#lib/approvals/act-on-many.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { type MailboxModel, prisma } from '#lib/db/prisma.ts'
import { type Page, pageInput, pageOf } from './page.ts'

const mailboxId = z.coerce.number().int().positive()

export const listCredentialsInput = pageInput.extend({ mailboxId })
export const issueInput = z.strictObject({
  mailboxId,
  label: credentialLabel,
  scopes: z.array(z.enum(credentialScopes)).min(1),
  expiresAt: z.iso
    .datetime()
    .refine((text) => Date.parse(text) > Date.now())
    .nullable()
    .default(null),
  /** for whoever approves it, where it is one of many */
  reason: z.string().trim().max(200).default(''),
})
export const revokeInput = z.strictObject({ credentialId: z.uuid(), reason: auditReason })

export type IssuedCredential = { readonly credential: CredentialView; readonly password: string }

/** @throws AppError forbidden, not_found */
export async function listCredentialsOf(
  actor: Actor,
  input: z.input<typeof listCredentialsInput>,
): Promise<Page<CredentialView>> {
  requirePermission(actor, 'credentials.read')
  const { cursor, limit, mailboxId: id } = listCredentialsInput.parse(input)
  await mailboxRow(id)
  const rows = await prisma().credential.findMany({
    where: { mailboxId: id, ...(cursor === undefined ? {} : { id: { gt: z.uuid().parse(cursor) } }) },
    orderBy: { id: 'asc' },
    take: limit + 1,
  })
  return pageOf(rows, limit, credentialView)
}

/** @throws AppError forbidden, not_found, conflict (too many credentials); AwaitingApproval */
export async function issueForMailbox(actor: Actor, input: z.input<typeof issueInput>): Promise<IssuedCredential> {
  requirePermission(actor, 'credentials.change')
  const { mailboxId: id, expiresAt: until, reason, ...order } = issueInput.parse(input)
  const expiresAt = until === null ? null : new Date(until)
  const mailbox = await mailboxRow(id)
  return actingOnMany(actor, { mailboxId: id, operation: 'issueCredential', reason }, (transaction) =>
    createCredential(transaction, actor, mailbox, { ...order, expiresAt, clientId: null, isRecoverable: false }),
  )
}

/** Revoking twice is no error. @throws AppError forbidden, not_found; AwaitingApproval */
export async function revokeAnyCredential(actor: Actor, input: z.input<typeof revokeInput>): Promise<void> {
  requirePermission(actor, 'credentials.change')
  const { credentialId, reason } = revokeInput.parse(input)
  const credential = await prisma().credential.findUnique({ where: { id: credentialId } })
  if (credential === null) throw notFound(`credential ${credentialId}`)
  await actingOnMany(actor, { mailboxId: credential.mailboxId, operation: 'revokeCredential', reason }, (transaction) =>
    revokeCredentialRow(transaction, actor, credential, reason),
  )
}

async function mailboxRow(id: number): Promise<MailboxModel> {
  const row = await prisma().mailbox.findUnique({ where: { id } })
  if (row === null) throw notFound(`mailbox ${id}`)
  return row
}
