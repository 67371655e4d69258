/**
 * What an authenticator is asked to sign. It stays on the server: an answer is compared with what this very browser was
 * asked for this very purpose, within five minutes, once.
 */
import { createHash } from 'node:crypto'
import { prisma } from '#lib/db/prisma.ts'

export const challengePurposes = ['register', 'signIn', 'confirm'] as const
export type ChallengePurpose = (typeof challengePurposes)[number]

/** Who was asked: a WebSession, or a browser in which nobody has signed in yet. */
export type Holder = { readonly sessionId: string } | { readonly browserToken: string }

const VALID_FOR_MS = 5 * 60_000

function keyOf(holder: Holder, purpose: ChallengePurpose) {
  const name = 'sessionId' in holder ? `session ${holder.sessionId}` : `browser ${holder.browserToken}`
  return { holderHash: new Uint8Array(createHash('sha256').update(name).digest()), purpose }
}

/** A new one takes the place of the one before; those that nobody answered in time go. */
export async function keepChallenge(holder: Holder, purpose: ChallengePurpose, challenge: string): Promise<void> {
  const key = keyOf(holder, purpose)
  await prisma().passkeyChallenge.deleteMany({ where: { expiresAt: { lt: new Date() } } })
  const asked = { challenge, expiresAt: new Date(Date.now() + VALID_FOR_MS) }
  await prisma().passkeyChallenge.upsert({
    where: { holderHash_purpose: key },
    create: { ...key, ...asked },
    update: asked,
  })
}

/** @returns null when there is none; what it returned once is gone */
export async function takeChallenge(holder: Holder, purpose: ChallengePurpose): Promise<string | null> {
  const { holderHash } = keyOf(holder, purpose)
  const [taken] = await prisma().$queryRaw<{ challenge: string }[]>`
    DELETE FROM passkey_challenges WHERE holder_hash = ${holderHash} AND purpose = ${purpose} AND expires_at > now()
    RETURNING challenge`
  return taken?.challenge ?? null
}
