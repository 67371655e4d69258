/**
 * One of the staff is told at another address from now on. Whoever reads there has to follow a link; until then nothing
 * changes, and the reader at the former address hears of it then.
 */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { maxLettersPerDay, tooManyLetters } from '#lib/accounts/address-to-confirm.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { requireConfirmed } from '#lib/auth/confirmation.ts'
import { isStaff } from '#lib/auth/proofs.ts'
import type { Session } from '#lib/auth/web-sessions.ts'
import { bearerToken, bearerTokenHash } from '#lib/bearer-tokens/bearer-token.ts'
import { prisma } from '#lib/db/prisma.ts'
import { staffMailAddress } from './staff-mail-address.ts'

export type OwnAddressView = {
  readonly address: string | null
  /** a message that asks its reader to follow a link is on its way there */
  readonly asked: string | null
}

const DAY_MS = 86_400_000

/** @throws AppError forbidden */
export async function readOwnAddress(actor: Actor): Promise<OwnAddressView> {
  requirePermission(actor, 'staffAddress.change')
  const { mailAddress, addressChange } = await prisma().portalAccount.findUniqueOrThrow({
    where: { id: actor.accountId },
    include: { addressChange: true },
  })
  const isOpen = addressChange !== null && addressChange.requestedAt.getTime() > Date.now() - DAY_MS
  return { address: mailAddress, asked: isOpen ? addressChange.address : null }
}

export const askForOwnAddressInput = z.object({ address: z.string().trim().max(254) })

/** An engine worker writes the letter. @throws AppError forbidden (not confirmed lately), invalid_input, too_many_attempts */
export async function askForOwnAddress(session: Session, input: z.output<typeof askForOwnAddressInput>): Promise<void> {
  const { actor } = session
  requirePermission(actor, 'staffAddress.change')
  requireConfirmed(session)
  const address = staffMailAddress(input.address)
  const { accountId } = actor
  await prisma().$transaction(async (transaction) => {
    const entry = { actorId: accountId, action: 'staffAddress.ask', subject: `account:${accountId}`, mailboxId: null }
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`staff address ${accountId}`}))`
    const { actorId, action } = entry
    const letters = await transaction.auditRecord.count({
      where: { actorId, action, at: { gt: new Date(Date.now() - DAY_MS) } },
    })
    if (letters >= maxLettersPerDay) throw tooManyLetters()
    const fresh = { address, tokenHash: null, requestedAt: new Date() }
    await transaction.staffAddressChange.upsert({
      where: { accountId },
      create: { accountId, ...fresh },
      update: fresh,
    })
    await appendAudit(transaction, { ...entry, reason: '', details: {} })
  })
}

export const confirmOwnAddressInput = z.object({ token: bearerToken })

/** Whoever has the letter's link is the reader of that address. @throws AppError not_found (also the second time) */
export async function confirmOwnAddress({ token }: z.output<typeof confirmOwnAddressInput>): Promise<void> {
  const open = { tokenHash: bearerTokenHash(token), requestedAt: { gt: new Date(Date.now() - DAY_MS) } }
  await prisma().$transaction(async (transaction) => {
    const asked = await transaction.staffAddressChange.findFirst({ where: open, include: { account: true } })
    const { count } = await transaction.staffAddressChange.deleteMany({ where: open })
    if (asked === null || count === 0) throw notFound('an address of the staff to confirm')
    const { accountId, account, address } = asked
    if (account.disabledAt !== null || !isStaff(account.role)) throw notFound(`staff ${accountId}`)
    await transaction.portalAccount.update({ where: { id: accountId }, data: { mailAddress: address } })
    const former = account.mailAddress
    if (former !== null && former !== address) {
      await transaction.addressNotice.create({ data: { address: former, kind: 'staffAddress.replaced' } })
    }
    await appendAudit(transaction, {
      actorId: accountId,
      action: 'staffAddress.confirm',
      subject: `account:${accountId}`,
      mailboxId: null,
      reason: '',
      details: {},
    })
  })
}
