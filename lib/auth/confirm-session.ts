/** A session whose person has proved once more who they are: with a passkey, or with all that the sign-in asks for. */
import type { z } from 'zod'
import { requirePermission } from '#lib/accounts/permissions.ts'
import type { AuthenticationAnswer } from '#lib/passkeys/browser-answers.ts'
import { checkPasskey } from '#lib/passkeys/check-passkey.ts'
import { type identityProof, proveIdentity } from './prove-identity.ts'
import { confirmWebSession, type Session, type Visitor } from './web-sessions.ts'

/** @throws AppError not_signed_in (password or code), too_many_attempts */
export async function confirmByPassword(
  { id, actor }: Session,
  proof: z.output<typeof identityProof>,
  visitor: Visitor,
): Promise<void> {
  requirePermission(actor, 'signIn.change')
  await proveIdentity(actor, proof, visitor)
  await confirmWebSession(id)
}

/** @throws AppError not_signed_in, also for the passkey of somebody else */
export async function confirmByPasskey(session: Session, answer: AuthenticationAnswer): Promise<void> {
  requirePermission(session.actor, 'signIn.change')
  await checkPasskey({ sessionId: session.id }, 'confirm', answer, session.actor.accountId)
  await confirmWebSession(session.id, 'passkey')
}
