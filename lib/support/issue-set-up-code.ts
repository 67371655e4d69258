/**
 * A code that an agent reads out after calling back the number on record. It opens nothing by itself: the person at
 * home gets the secret for it, and the agent never does.
 *
 * Guarantees: ten minutes, once, one mailbox, one purpose; a new code ends the one before. For a day after the
 * number changed it takes two people, because whoever changed it may be the one who calls.
 */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { recordForOwner } from '#lib/accounts/owner-notice.ts'
import { passApproval } from '#lib/approvals/pass-approval.ts'
import { prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { webEnv } from '#lib/env/web.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { setUpCodeDigest } from '#lib/set-up-code/code-digest.ts'
import { generateKanaCode, type SpokenLetter, spokenGroups } from '#lib/set-up-code/kana-code.ts'
import { setUpPurposes } from '#lib/set-up-code/set-up-purposes.ts'
import { assistedMailbox, assistInput } from './assisted-mailbox.ts'
import { reachesFar } from './pass-reach.ts'

export const issueSetUpCodeInput = assistInput.extend({
  purpose: z.enum(setUpPurposes),
  /** the agent says to have called back the number on record */
  calledBack: z.array(z.literal('on')).length(1),
})

export type SetUpCodeOutcome =
  | {
      readonly outcome: 'issued'
      readonly address: string
      /** where the person enters it, as it is read out */
      readonly place: string
      readonly groups: readonly (readonly SpokenLetter[])[]
    }
  | { readonly outcome: 'awaitingApproval' }

const VALID_FOR_MS = 10 * 60_000
const DAY_MS = 24 * 3_600_000

/** @throws AppError not_found, forbidden, conflict (no number on record, no portal account) */
export async function issueSetUpCode(
  actor: Actor,
  input: z.input<typeof issueSetUpCodeInput>,
): Promise<SetUpCodeOutcome> {
  const { customerId, purpose, reason, ...whose } = issueSetUpCodeInput.parse(input)
  const { id: mailboxId, address } = await assistedMailbox(actor, { customerId, mailboxId: whose.mailboxId })
  const hasChanged = await hasChangedLately(customerId)
  const code = generateKanaCode()
  const digest = setUpCodeDigest(secretsEnv().masterKey, { purpose, address, code })
  return prisma().$transaction(async (transaction) => {
    const order = { customerId, mailboxId, purpose }
    const matter = { deed: 'issueSetUpCode', mailboxId, order, reason } as const
    const takesTwo = hasChanged || (await reachesFar(transaction, actor, customerId))
    if (!(await passApproval(transaction, actor, matter, takesTwo))) return { outcome: 'awaitingApproval' }
    await transaction.contact.update({ where: { customerId }, data: { verifiedAt: new Date() } })
    await transaction.setUpCode.deleteMany({ where: { mailboxId, usedAt: null } })
    const expiresAt = new Date(Date.now() + VALID_FOR_MS)
    await transaction.setUpCode.create({ data: { digest, mailboxId, issuedBy: actor.accountId, expiresAt } })
    await recordForOwner(transaction, {
      actorId: actor.accountId,
      action: 'setUpCode.issue',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason,
      details: { purpose },
    })
    const place = `${new URL(webEnv().portalUrl).host}/setup`
    return { outcome: 'issued', address, place, groups: spokenGroups(code) }
  })
}

/** @throws AppError conflict, where there is nobody to call */
async function hasChangedLately(customerId: string): Promise<boolean> {
  const [contact, account] = await Promise.all([
    prisma().contact.findUnique({ where: { customerId } }),
    prisma().portalAccount.findFirst({ where: { customerId, role: 'SUBSCRIBER', disabledAt: null } }),
  ])
  if (contact === null || account === null) throw nobodyToCall()
  return contact.changedAt !== null && contact.changedAt.getTime() > Date.now() - DAY_MS
}

function nobodyToCall(): AppError {
  return new AppError('conflict', 'no number on record or no portal account', {
    ja: '登録された電話番号か、窓口のアカウントがないため、コードを発行できません。本人確認の書類による手続きをご案内ください。',
    en: 'There is no telephone number on record, or no portal account, so no code can be issued. Ask the customer for proof of identity by post.',
  })
}
