/**
 * An owner who is on the telephone with our desk gets a code to read aloud. Whoever of the staff hears it may see with
 * whom the mailbox corresponded: that it can be read shows that the owner is signed in and agrees.
 *
 * Guarantees: ten minutes, one use, one mailbox; a new code ends the one before. It opens nothing to anybody else.
 */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { generateKanaCode, type SpokenLetter, spokenGroups } from '#lib/set-up-code/kana-code.ts'
import { traceCodeDigest } from './trace-code-digest.ts'

export const showTraceCodeInput = z.object({ mailboxId: z.coerce.number().int().positive() })

export type ShownTraceCode = {
  readonly address: string
  readonly groups: readonly (readonly SpokenLetter[])[]
  readonly expiresAt: Date
}

const VALID_FOR_MS = 10 * 60_000

/** @throws AppError not_found (not this actor's mailbox) */
export async function showTraceCode(actor: Actor, input: z.input<typeof showTraceCodeInput>): Promise<ShownTraceCode> {
  const { mailboxId } = showTraceCodeInput.parse(input)
  const { address } = await accessibleMailbox(actor, mailboxId, 'manage')
  const code = generateKanaCode()
  const expiresAt = new Date(Date.now() + VALID_FOR_MS)
  const shown = { digest: traceCodeDigest(mailboxId, code), shownBy: actor.accountId, tries: 0, expiresAt }
  await prisma().$transaction(async (transaction) => {
    await transaction.traceCode.upsert({ where: { mailboxId }, create: { mailboxId, ...shown }, update: shown })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'trace.showCode',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: '',
      details: {},
    })
  })
  return { address, groups: spokenGroups(code), expiresAt }
}
