/**
 * A second address, elsewhere, to which a link for a new password may go. It counts from a day after its reader has
 * agreed: whoever sits down at somebody's open browser cannot take the account over before its owner has read of it.
 *
 * Refuses an address of the same customer: that mailbox may be the one that nobody can get into.
 */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import type { AddressNoticeKind } from '#lib/accounts/address-notice-kinds.ts'
import { maxLettersPerDay, noAddress, tooManyLetters } from '#lib/accounts/address-to-confirm.ts'
import { recordForAccount } from '#lib/accounts/owner-notice.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { requireConfirmed } from '#lib/auth/confirmation.ts'
import type { Session } from '#lib/auth/web-sessions.ts'
import { bearerToken, bearerTokenHash } from '#lib/bearer-tokens/bearer-token.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { formatMailAddress, parseMailAddress } from '#lib/mail/mail-address.ts'

export type RecoveryAddressView = {
  readonly address: string
  /** null: its reader has not agreed yet */
  readonly usableFrom: Date | null
}

const DAY_MS = 86_400_000

export async function readRecoveryAddress({ accountId, ...actor }: Actor): Promise<RecoveryAddressView | null> {
  requirePermission({ accountId, ...actor }, 'recoveryAddress.change')
  const known = await prisma().recoveryAddress.findUnique({ where: { accountId } })
  if (known === null) return null
  const { address, verifiedAt } = known
  return { address, usableFrom: verifiedAt === null ? null : new Date(verifiedAt.getTime() + DAY_MS) }
}

export const askForRecoveryAddressInput = z.object({ address: z.string().trim().max(254) })

/** An engine worker writes the letter. @throws AppError forbidden, invalid_input, too_many_attempts */
export async function askForRecoveryAddress(
  session: Session,
  input: z.output<typeof askForRecoveryAddressInput>,
): Promise<void> {
  const { actor } = session
  requirePermission(actor, 'recoveryAddress.change')
  requireConfirmed(session)
  const parsed = parseMailAddress(input.address)
  if (parsed === null) throw noAddress()
  const address = formatMailAddress(parsed)
  if (await isOfCustomer(address, actor.customerId)) throw ownMailbox()
  const { accountId } = actor
  const asked = await prisma().auditRecord.groupBy({
    by: ['at'],
    where: { actorId: accountId, action: 'recoveryAddress.ask', at: { gt: new Date(Date.now() - DAY_MS) } },
  })
  if (asked.length >= maxLettersPerDay) throw tooManyLetters()
  const fresh = { address, tokenHash: null, requestedAt: new Date(), verifiedAt: null }
  await prisma().$transaction(async (transaction) => {
    await tellFormer(transaction, accountId, 'recoveryAddress.replaced', address)
    await transaction.recoveryLink.deleteMany({ where: { accountId } })
    await transaction.recoveryAddress.upsert({ where: { accountId }, create: { accountId, ...fresh }, update: fresh })
    await recordForAccount(transaction, actor, { action: 'recoveryAddress.ask' })
  })
}

/** @throws AppError forbidden */
export async function removeRecoveryAddress(session: Session): Promise<void> {
  const { actor } = session
  requirePermission(actor, 'recoveryAddress.change')
  requireConfirmed(session)
  const { accountId } = actor
  await prisma().$transaction(async (transaction) => {
    await tellFormer(transaction, accountId, 'recoveryAddress.removed')
    const { count } = await transaction.recoveryAddress.deleteMany({ where: { accountId } })
    await transaction.recoveryLink.deleteMany({ where: { accountId } })
    if (count > 0) await recordForAccount(transaction, actor, { action: 'recoveryAddress.remove' })
  })
}

/** Whoever takes an account over takes its second address away: the reader there hears of it. */
async function tellFormer(
  transaction: Prisma.TransactionClient,
  accountId: string,
  kind: AddressNoticeKind,
  next?: string,
): Promise<void> {
  const former = await transaction.recoveryAddress.findUnique({ where: { accountId } })
  if (former === null || former.verifiedAt === null || former.address === next) return
  await transaction.addressNotice.create({ data: { address: former.address, kind } })
}

export const verifyRecoveryAddressInput = z.object({ token: bearerToken })

/** Whoever has the letter's link is the reader of that address. @throws AppError not_found (also the second time) */
export async function verifyRecoveryAddress({ token }: z.output<typeof verifyRecoveryAddressInput>): Promise<void> {
  const isOpen = {
    tokenHash: bearerTokenHash(token),
    verifiedAt: null,
    requestedAt: { gt: new Date(Date.now() - DAY_MS) },
  }
  await prisma().$transaction(async (transaction) => {
    const found = await transaction.recoveryAddress.findFirst({ where: isOpen, include: { account: true } })
    if (found === null) throw notFound('an unverified recovery address')
    const { count } = await transaction.recoveryAddress.updateMany({
      where: isOpen,
      data: { verifiedAt: new Date(), tokenHash: null },
    })
    if (count === 0) throw notFound('an unverified recovery address')
    const { role, customerId } = found.account
    const actor: Actor = { accountId: found.accountId, role, customerId }
    await recordForAccount(transaction, actor, { action: 'recoveryAddress.verify' })
  })
}

async function isOfCustomer(address: string, customerId: string | null): Promise<boolean> {
  const same = { equals: address, mode: 'insensitive' } as const
  const owned = await prisma().mailbox.count({
    where: { customerId: customerId ?? undefined, OR: [{ address: same }, { aliases: { some: { address: same } } }] },
  })
  return owned > 0
}

function ownMailbox(): AppError {
  return new AppError('invalid_input', 'a mailbox of the same customer', {
    ja: 'ご契約のメールアドレスは、予備にはできません。そのメールボックスに入れなくなったときのためのものです。ほかのアドレスを入力してください。何も変更されていません。',
    en: 'An address of your own contract cannot be the second address: it is for the day on which you cannot get into that mailbox. Enter another one. Nothing was changed.',
  })
}
