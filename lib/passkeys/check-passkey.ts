/**
 * Whose passkey is it? Nobody says a name: the authenticator knows it (discoverable credentials), so that the answers
 * tell nothing about who has an account.
 *
 * Refuses what `passkeyRefused` says, and a counter that did not grow: the key was copied. Of two answers that come at
 * once with the same counter one is taken.
 */
import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server'
import { z } from 'zod'
import type { AccountRole } from '#lib/accounts/actor.ts'
import { type PasskeyModel, prisma } from '#lib/db/prisma.ts'
import { type AuthenticationAnswer, authenticationAnswer } from './browser-answers.ts'
import { type ChallengePurpose, type Holder, keepChallenge, takeChallenge } from './challenges.ts'
import { passkeyRefused } from './passkey-refused.ts'
import { relyingParty } from './relying-party.ts'

export const checkPasskeyInput = z.object({ answer: authenticationAnswer })

export type AuthenticationOptions = Awaited<ReturnType<typeof generateAuthenticationOptions>>
type CheckPurpose = Exclude<ChallengePurpose, 'register'>

export async function beginPasskeyCheck(holder: Holder, purpose: CheckPurpose): Promise<AuthenticationOptions> {
  const { id: rpID } = relyingParty()
  const options = await generateAuthenticationOptions({ rpID, userVerification: 'required', allowCredentials: [] })
  await keepChallenge(holder, purpose, options.challenge)
  return options
}

/** @param owner whose passkey it has to be, where somebody is signed in. @throws AppError not_signed_in */
export async function checkPasskey(
  holder: Holder,
  purpose: CheckPurpose,
  answer: AuthenticationAnswer,
  owner?: string,
): Promise<{ readonly accountId: string; readonly role: AccountRole }> {
  const challenge = await takeChallenge(holder, purpose)
  if (challenge === null) throw passkeyRefused('no challenge')
  const passkey = await prisma().passkey.findUnique({ where: { credentialId: answer.id }, include: { account: true } })
  if (passkey === null || passkey.account.disabledAt !== null) throw passkeyRefused('unknown')
  if (owner !== undefined && passkey.accountId !== owner) throw passkeyRefused('of another account')
  const newCounter = await verifiedCounter(passkey, challenge, answer)
  const { count } = await prisma().passkey.updateMany({
    where: { id: passkey.id, counter: passkey.counter },
    data: { counter: newCounter, lastUsedAt: new Date() },
  })
  if (count === 0) throw passkeyRefused('counter moved meanwhile')
  return { accountId: passkey.accountId, role: passkey.account.role }
}

async function verifiedCounter(passkey: PasskeyModel, expectedChallenge: string, response: AuthenticationAnswer) {
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty()
  const { credentialId: id, publicKey, counter } = passkey
  const credential = { id, publicKey: new Uint8Array(publicKey), counter: Number(counter) }
  const expected = { expectedChallenge, expectedOrigin, expectedRPID, requireUserVerification: true }
  const result = await verifyAuthenticationResponse({ response, credential, ...expected }).catch((cause: unknown) => {
    throw passkeyRefused(String(cause))
  })
  if (!result.verified) throw passkeyRefused('wrong signature')
  return BigInt(result.authenticationInfo.newCounter)
}
