/**
 * An agent types the code that the owner reads aloud; from then on the consent is the same as one given in the portal.
 *
 * Guarantees: a try counts before it is compared, and five wrong ones end the code; of two who type it at once, one is
 * right. The owner hears of it by a letter, and of wrong tries on the activity page.
 */
import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { recordForOwner } from '#lib/accounts/owner-notice.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { assistedMailbox, assistInput } from '#lib/support/assisted-mailbox.ts'
import { allowedUntil } from './allowed-until.ts'
import { traceCodeDigest } from './trace-code-digest.ts'

export const enterTraceCodeInput = assistInput.extend({ code: z.string().trim().min(1).max(100) })

const MAX_TRIES = 5

/** @throws AppError invalid_input (no such code), not_found, forbidden */
export async function enterTraceCode(actor: Actor, input: z.input<typeof enterTraceCodeInput>): Promise<void> {
  const { reason, code, ...whose } = enterTraceCodeInput.parse(input)
  const { id: mailboxId } = await assistedMailbox(actor, whose)
  const { accountId: agentId } = actor
  const entry = { actorId: agentId, subject: `mailbox:${mailboxId}`, mailboxId, reason }
  const isRight = await prisma().$transaction(async (transaction) => {
    const shownBy = await takeCode(transaction, mailboxId, code)
    if (shownBy === null) {
      await appendAudit(transaction, { ...entry, action: 'trace.wrongCode', details: {} })
      return false
    }
    await transaction.traceConsent.deleteMany({ where: { mailboxId, agentId, grantedAt: null } })
    const granted = { grantedAt: new Date(), grantedBy: shownBy, expiresAt: allowedUntil() }
    await transaction.traceConsent.create({ data: { mailboxId, agentId, reason, ...granted } })
    await recordForOwner(transaction, { ...entry, action: 'trace.allowByCode', details: { allowedBy: shownBy } })
    return true
  })
  if (!isRight) throw wrongCode()
}

/** @returns who showed the code, which is used up from then on; null for a wrong one */
async function takeCode(transaction: Prisma.TransactionClient, mailboxId: number, code: string) {
  const [shown] = await transaction.$queryRaw<{ digest: Uint8Array; shownBy: string }[]>`
    UPDATE trace_codes SET tries = tries + 1
    WHERE mailbox_id = ${mailboxId} AND tries < ${MAX_TRIES} AND expires_at > now()
    RETURNING digest, shown_by AS "shownBy"`
  if (shown === undefined || !timingSafeEqual(shown.digest, traceCodeDigest(mailboxId, code))) return null
  await transaction.traceCode.delete({ where: { mailboxId } })
  return shown.shownBy
}

function wrongCode(): AppError {
  return new AppError('invalid_input', 'no such trace code', {
    ja: '番号が違うか、有効時間（10分）が過ぎています。別のメールボックスの番号でないかも確かめて、お客さまに新しい番号を表示していただいてください。まだ何も見られません。',
    en: 'The code is not right, is for another mailbox, or its ten minutes are over. Ask the customer to show a new one. Nothing can be seen yet.',
  })
}
