/**
 * May this address be given to this mailbox? The answer is the same for one that somebody has, one that somebody gave up
 * a short while ago and one that is kept for the provider: who had it is nobody's business.
 */
import type { Prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { currentPolicy } from '#lib/policy/repository.ts'
import { addressDigest } from './address-digest.ts'

const DAY_MS = 86_400_000

/** Two who want the same address at the same time wait for each other: the lock lasts until the commit. */
export async function isFreeAddress(
  transaction: Prisma.TransactionClient,
  address: string,
  mailboxId: number,
): Promise<boolean> {
  const { reservedNames } = (await currentPolicy()).document.ownAddresses
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`address ${address}`}))`
  const [localPart = ''] = address.split('@')
  if (reservedNames.includes(localPart)) return false
  const [mailbox, alias, isWithheld] = await Promise.all([
    transaction.mailbox.findUnique({ where: { address }, select: { id: true } }),
    transaction.alias.findUnique({ where: { address }, select: { mailboxId: true } }),
    isWithheldAddress(transaction, address, mailboxId),
  ])
  return mailbox === null && alias === null && !isWithheld
}

/** Somebody else gave it up a short while ago. @param mailboxId null for a mailbox that is only being made */
export async function isWithheldAddress(
  transaction: Prisma.TransactionClient,
  address: string,
  mailboxId: number | null,
): Promise<boolean> {
  const { quarantineDays } = (await currentPolicy()).document.ownAddresses
  const released = await transaction.releasedAddress.findUnique({ where: { digest: digestOf(address) } })
  if (released === null || released.mailboxId === mailboxId) return false
  return released.releasedAt.getTime() > Date.now() - quarantineDays * DAY_MS
}

export async function withholdAddress(
  transaction: Prisma.TransactionClient,
  address: string,
  mailboxId: number,
): Promise<void> {
  const released = { mailboxId, releasedAt: new Date() }
  const digest = digestOf(address)
  await transaction.releasedAddress.upsert({ where: { digest }, create: { digest, ...released }, update: released })
}

/** What the audit trail, which outlives every mailbox, may say of an address. */
export function auditName(address: string): string {
  return Buffer.from(digestOf(address)).toString('hex')
}

function digestOf(address: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(addressDigest(secretsEnv().masterKey, address))
}
