/** The first sign-in with the password of the old system: it becomes the portal's own, and the old hash goes. */
import { recordForOwner } from '#lib/accounts/owner-notice.ts'
import {
  hashPassword,
  type PortalIdentity,
  portalIdentity,
  verifyPortalPassword,
} from '#lib/accounts/portal-password.ts'
import { prisma, prismaQueryable } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { NoPermit } from '#lib/semaphore/semaphore.ts'
import { compareHash } from './compare-hash.ts'
import { forgetPassword } from './import-password.ts'
import { type InheritedPassword, provePassword } from './prove-password.ts'

/**
 * Only the first mailbox of a contract that nobody has signed in for: a portal account manages all of its mailboxes.
 * @throws AppError unavailable
 */
export async function provePortalPassword(login: string, password: string): Promise<InheritedPassword | null> {
  const parts = { database: prismaQueryable(), masterKey: secretsEnv().masterKey, compareHash }
  const proven = await provePassword(parts, login.trim().toLowerCase(), password).catch(tooBusy)
  return proven?.opens_portal === true ? proven : null
}

/** @returns null when another sign-in has replaced it in the meantime, by another password */
export async function takeUpPassword(
  { mailbox_id: mailboxId, address }: InheritedPassword,
  password: string,
): Promise<PortalIdentity | null> {
  const passwordHash = await hashPassword(password)
  const account = await prisma().$transaction(async (transaction) => {
    if (!(await forgetPassword(transaction, mailboxId))) return null
    const { customerId, displayName } = await transaction.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
    const row = await transaction.portalAccount.upsert({
      where: { login: address, role: 'SUBSCRIBER', customerId },
      update: { passwordHash },
      create: { login: address, passwordHash, role: 'SUBSCRIBER', displayName, customerId },
    })
    await recordForOwner(transaction, {
      actorId: row.id,
      action: 'inheritedPassword.takeUp',
      subject: `account:${row.id}`,
      mailboxId,
      reason: '',
      details: {},
    })
    return row
  })
  return account === null ? verifyPortalPassword(address, password) : portalIdentity(account)
}

function tooBusy(error: unknown): never {
  if (!(error instanceof NoPermit)) throw error
  throw new AppError('unavailable', error.message, {
    ja: 'ただいまログインが混み合っています。入力の誤りではありません。1分ほど待ってから、もう一度お試しください。',
    en: 'Many people are signing in just now. It is not that you typed something wrong. Wait a minute and try again.',
  })
}
