/**
 * The caller at home types what the agent read out. Guesses are counted with all others (lib/attempts) before they are
 * looked at; an address that nobody has, a code that ran out and a wrong one get the same answer after the same work.
 */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { recordForOwner } from '#lib/accounts/owner-notice.ts'
import { admitSignIn, forgetful } from '#lib/auth/sign-in-protection.ts'
import type { Visitor } from '#lib/auth/web-sessions.ts'
import { bearerTokenHash } from '#lib/bearer-tokens/bearer-token.ts'
import { type MailboxModel, type Prisma, prisma, type SetUpCodeModel } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { type CodeInHand, setUpCodeDigest } from './code-digest.ts'
import { readKanaCode } from './kana-code.ts'
import type { SetUpPurpose } from './set-up-purposes.ts'

export const codeInput = z.object({
  address: z.string().trim().min(3).max(320),
  code: z.string().trim().min(1).max(100),
})

/** `invitation`: where an owner let somebody else do it */
export type Holder = {
  readonly actor: Actor
  readonly mailbox: MailboxModel
  readonly invitation: { readonly helper: string; readonly label: string } | null
}

type Perform<Result> = (transaction: Prisma.TransactionClient, holder: Holder) => Promise<Result>
type Found = SetUpCodeModel & { readonly mailbox: MailboxModel }

/**
 * Uses the code up and does what it is for, in one commit.
 * @throws AppError not_signed_in (no such code), too_many_attempts
 */
export async function redeemSetUpCode<Result>(
  inHand: CodeInHand,
  visitor: Visitor,
  perform: Perform<Result>,
): Promise<Result> {
  const door = `set-up ${inHand.address}`
  const admission = await admitSignIn(door, readKanaCode(inHand.code), visitor.address, forgetful)
  if (admission.outcome === 'tooMany') throw tooManyCodes(admission.waitSeconds)
  const digest = setUpCodeDigest(secretsEnv().masterKey, inHand)
  const found = await prisma().setUpCode.findFirst({ where: { digest, ...isGood() }, include: { mailbox: true } })
  if (found === null) {
    const waitAfterWrong = admission.wasWrong()
    throw waitAfterWrong > 0 ? tooManyCodes(waitAfterWrong) : wrongCode()
  }
  const waitSeconds = await admission.wasRight()
  if (waitSeconds > 0) throw tooManyCodes(waitSeconds)
  return consume(found, inHand.purpose, perform)
}

/** The same by the link of an invitation. There is nothing to guess in it. @throws AppError not_signed_in (it is over) */
export async function redeemSetUpLink<Result>(token: string, perform: Perform<Result>): Promise<Result> {
  const found = await findInvitation(token)
  if (found === null) throw linkIsOver()
  return consume(found, 'mailCredential', perform)
}

/** @returns null when it was used, withdrawn, or is too old */
export function findInvitation(token: string): Promise<Found | null> {
  const where = { linkHash: bearerTokenHash(token), ...isGood() }
  return prisma().setUpCode.findFirst({ where, include: { mailbox: true } })
}

function isGood() {
  return { usedAt: null, expiresAt: { gt: new Date() } }
}

async function consume<Result>(found: Found, purpose: SetUpPurpose, perform: Perform<Result>): Promise<Result> {
  const { digest, mailbox, helper, label } = found
  const actor = await ownerOf(mailbox)
  const invitation = helper === null || label === null ? null : { helper, label }
  return prisma().$transaction(async (transaction) => {
    const used = { where: { digest, ...isGood() }, data: { usedAt: new Date() } }
    const { count } = await transaction.setUpCode.updateMany(used)
    if (count === 0) throw invitation === null ? wrongCode() : linkIsOver()
    await recordForOwner(transaction, {
      actorId: actor.accountId,
      action: invitation === null ? 'setUpCode.use' : 'helper.setUp',
      subject: `mailbox:${mailbox.id}`,
      mailboxId: mailbox.id,
      reason: invitation?.helper ?? '',
      details: { purpose },
    })
    return perform(transaction, { actor, mailbox, invitation })
  })
}

async function ownerOf({ customerId }: MailboxModel): Promise<Actor> {
  const account = await prisma().portalAccount.findFirst({
    where: { customerId, role: 'SUBSCRIBER', disabledAt: null },
  })
  if (account === null) throw wrongCode()
  return { accountId: account.id, role: 'SUBSCRIBER', customerId }
}

function wrongCode(): AppError {
  return new AppError('not_signed_in', 'no such set-up code', {
    ja: 'メールアドレスかコードが違うか、コードの有効時間（10分）が過ぎています。サポート担当者が案内した項目かどうかも確かめて、もう一度入力してください。',
    en: 'The mail address or the code is not right, or its ten minutes are over. Check also that you chose what the agent told you, then try again.',
  })
}

function linkIsOver(): AppError {
  return new AppError('not_signed_in', 'no such invitation', {
    ja: 'このリンクはもう使えません。すでに使われたか、取り消されたか、有効時間（10分）が過ぎています。招待した方に、新しいリンクを作ってもらってください。',
    en: 'This link is over: it was used, withdrawn, or its ten minutes have passed. Ask whoever invited you for a new one.',
  })
}

function tooManyCodes(waitSeconds: number): AppError {
  const minutes = Math.max(1, Math.ceil(waitSeconds / 60))
  return new AppError('too_many_attempts', 'set-up codes throttled', {
    ja: `続けて何度も入力を間違えたため、しばらく受け付けられません。${minutes}分ほど待ってから、サポート窓口に新しいコードを頼んでください。`,
    en: `There were too many wrong codes, so none is taken for a while. Wait about ${minutes} minutes, then ask our support for a new one.`,
  })
}
