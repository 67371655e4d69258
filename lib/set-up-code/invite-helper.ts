/**
 * An owner lets somebody of their own choice set up a device: by a link, or by a code that can be read aloud. Whoever
 * uses it sees one new password, once.
 *
 * Guarantees: ten minutes, one use, whichever of the two comes first; a new invitation, or a code of our desk, ends the
 * one before. Who was invited is on record before the secret is out, and again when it was used.
 */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { credentialLabel } from '#lib/accounts/issue-credential.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { bearerTokenHash, newBearerToken } from '#lib/bearer-tokens/bearer-token.ts'
import { prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { setUpCodeDigest } from './code-digest.ts'
import { generateKanaCode, type SpokenLetter, spokenGroups } from './kana-code.ts'

export const inviteHelperInput = z.object({
  mailboxId: z.number().int().positive(),
  /** as the owner calls them */
  helper: credentialLabel,
  label: credentialLabel,
})

export type Invited = {
  readonly address: string
  readonly groups: readonly (readonly SpokenLetter[])[]
  /** what the link holds */
  readonly token: string
  readonly expiresAt: Date
}

const VALID_FOR_MS = 600_000

/** @throws AppError not_found (not this actor's mailbox) */
export async function inviteHelper(actor: Actor, input: z.input<typeof inviteHelperInput>): Promise<Invited> {
  const { mailboxId, helper, label } = inviteHelperInput.parse(input)
  const { address } = await accessibleMailbox(actor, mailboxId, 'manage')
  const code = generateKanaCode()
  const token = newBearerToken()
  const digest = setUpCodeDigest(secretsEnv().masterKey, { purpose: 'mailCredential', address, code })
  const expiresAt = new Date(Date.now() + VALID_FOR_MS)
  await prisma().$transaction(async (transaction) => {
    await transaction.setUpCode.deleteMany({ where: { mailboxId, usedAt: null } })
    await transaction.setUpCode.create({
      data: {
        ...{ digest, mailboxId, expiresAt, helper, label },
        ...{ issuedBy: actor.accountId, linkHash: bearerTokenHash(token) },
      },
    })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'helper.invite',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: '',
      details: { label: helper, device: label },
    })
  })
  return { address, groups: spokenGroups(code), token, expiresAt }
}

export type OpenInvitation = { readonly helper: string; readonly label: string; readonly expiresAt: Date }

/** @throws AppError not_found (not this actor's mailbox) */
export async function openInvitation(actor: Actor, mailboxId: number): Promise<OpenInvitation | null> {
  await accessibleMailbox(actor, mailboxId, 'manage')
  const row = await prisma().setUpCode.findFirst({ where: isOpen(mailboxId) })
  if (row === null || row.helper === null || row.label === null) return null
  return { helper: row.helper, label: row.label, expiresAt: row.expiresAt }
}

export const withdrawInvitationInput = inviteHelperInput.pick({ mailboxId: true })

/** Link and code are worth nothing from then on. @throws AppError not_found (not this actor's mailbox) */
export async function withdrawInvitation(actor: Actor, input: z.infer<typeof withdrawInvitationInput>): Promise<void> {
  const { mailboxId } = withdrawInvitationInput.parse(input)
  await accessibleMailbox(actor, mailboxId, 'manage')
  await prisma().$transaction(async (transaction) => {
    const { count } = await transaction.setUpCode.deleteMany({ where: isOpen(mailboxId) })
    if (count === 0) return
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'helper.withdraw',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: '',
      details: {},
    })
  })
}

function isOpen(mailboxId: number) {
  return { mailboxId, usedAt: null, helper: { not: null }, expiresAt: { gt: new Date() } }
}
