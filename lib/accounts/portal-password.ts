/** Passwords that people choose for the portal: Argon2id (RFC 9106 §4, second recommended option scaled to 19 MiB). */
import { hash, verify } from '@node-rs/argon2'
import { z } from 'zod'
import { prisma } from '#lib/db/prisma.ts'
import type { AccountRole } from './actor.ts'

// Argon2id is this library's default algorithm.
export const passwordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const MAX_PASSWORD_OCTETS = 1_024
const MIN_PASSWORD_LENGTH = 12

/** One that a person chooses anew. */
export const chosenPassword = z.string().min(MIN_PASSWORD_LENGTH).max(200)

export type PortalIdentity = {
  readonly accountId: string
  readonly role: AccountRole
  readonly customerId: string | null
  readonly displayName: string
  readonly locale: string
  /** what was compared; who proved to know a password that was changed since is nobody */
  readonly passwordHash: string
}

export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), passwordCost)
}

/** A hash of nothing that anybody knows: an unknown login costs what a known one does. */
let decoy: Promise<string> | undefined

/**
 * @returns null for an unknown login, a wrong password and a disabled account alike, after the same work
 */
export async function verifyPortalPassword(login: string, password: string): Promise<PortalIdentity | null> {
  decoy ??= hashPassword(crypto.randomUUID())
  const account = await prisma().portalAccount.findUnique({ where: { login: login.trim().toLowerCase() } })
  const isPlausible = Buffer.byteLength(password) <= MAX_PASSWORD_OCTETS
  const candidate = isPlausible ? password.normalize('NFKC') : ''
  const isRight = await verify(account?.passwordHash ?? (await decoy), candidate)
  if (account === null || !isRight || !isPlausible || account.disabledAt !== null) return null
  return portalIdentity(account)
}

export function portalIdentity({
  id,
  role,
  customerId,
  displayName,
  locale,
  passwordHash,
}: Omit<PortalIdentity, 'accountId'> & { readonly id: string }): PortalIdentity {
  return { accountId: id, role, customerId, displayName, locale, passwordHash }
}
