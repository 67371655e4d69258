/**
 * A new passkey for the account that is signed in. The first one makes the session of staff a proven one.
 *
 * Refuses an answer that is not to the challenge that this session was given, comes from another origin, or does not
 * say that the authenticator has verified its user.
 */
import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'
import { z } from 'zod'
import { recordForAccount } from '#lib/accounts/owner-notice.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { requireConfirmed } from '#lib/auth/confirmation.ts'
import { confirmWebSession, type Session } from '#lib/auth/web-sessions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { type RegistrationAnswer, registrationAnswer } from './browser-answers.ts'
import { keepChallenge, takeChallenge } from './challenges.ts'
import { passkeyRefused } from './passkey-refused.ts'
import { relyingParty } from './relying-party.ts'

export const registerPasskeyInput = z.object({ label: z.string().trim().min(1).max(60), answer: registrationAnswer })

export type RegistrationOptions = Awaited<ReturnType<typeof generateRegistrationOptions>>

const MAX_PASSKEYS = 20

/** @throws AppError forbidden (not confirmed lately), conflict (too many) */
export async function beginRegistration(session: Session): Promise<RegistrationOptions> {
  const { actor, login, displayName } = session
  requirePermission(actor, 'signIn.change')
  requireConfirmed(session)
  const { accountId } = actor
  const known = await prisma().passkey.findMany({ where: { accountId }, select: { credentialId: true } })
  if (known.length >= MAX_PASSKEYS) throw tooMany()
  const { id: rpID, name: rpName } = relyingParty()
  const options = await generateRegistrationOptions({
    rpID,
    rpName,
    userID: new Uint8Array(Buffer.from(accountId.replaceAll('-', ''), 'hex')),
    userName: login,
    userDisplayName: displayName,
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId: id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await keepChallenge({ sessionId: session.id }, 'register', options.challenge)
  return options
}

/** @throws AppError not_signed_in (the answer is none), forbidden, conflict (registered already) */
export async function registerPasskey(session: Session, input: z.output<typeof registerPasskeyInput>): Promise<void> {
  const { actor } = session
  requirePermission(actor, 'signIn.change')
  requireConfirmed(session)
  const { accountId } = actor
  const { label, answer } = input
  const { id: credentialId, publicKey, counter } = await verified(session, answer)
  const transports = answer.response.transports ?? []
  const key = { publicKey: new Uint8Array(publicKey), counter: BigInt(counter), transports }
  await prisma().$transaction(async (transaction) => {
    if ((await transaction.passkey.count({ where: { credentialId } })) > 0) throw passkeyRefused('known already')
    await transaction.passkey.create({ data: { accountId, credentialId, label, ...key } })
    await recordForAccount(transaction, actor, { action: 'passkey.add', details: { label } })
  })
  await confirmWebSession(session.id, 'passkey')
}

async function verified({ id: sessionId }: Session, response: RegistrationAnswer) {
  const expectedChallenge = await takeChallenge({ sessionId }, 'register')
  if (expectedChallenge === null) throw passkeyRefused('no challenge')
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty()
  const expected = { expectedChallenge, expectedOrigin, expectedRPID, requireUserVerification: true }
  const result = await verifyRegistrationResponse({ response, ...expected }).catch((cause: unknown) => {
    throw passkeyRefused(String(cause))
  })
  if (!result.verified) throw passkeyRefused('not verified')
  return result.registrationInfo.credential
}

function tooMany(): AppError {
  return new AppError('conflict', 'too many passkeys', {
    ja: `パスキーは${MAX_PASSKEYS}個まで登録できます。使わないものを削除してから、もう一度お試しください。`,
    en: `An account can have ${MAX_PASSKEYS} passkeys. Remove one that you do not use, then try again.`,
  })
}
