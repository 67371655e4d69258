/** A login on its way: from what the client asked for to a proof that was compared. */
import type { LoginName } from '#lib/mail/login-name.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import type { LookUp, ProvenCredential } from './credential-lookup.ts'
import type { Identity, LoginScope, Refusal, SessionFacts } from './identity.ts'

/** Where a finished login is told: the session's event recorder. */
export type LoginWitness = (login: {
  readonly loginName: string
  readonly mechanism: string
  readonly identity: Identity | null
  /** the mailbox that was meant, also when the login failed */
  readonly mailboxId: number | null
  readonly refusal: Refusal | null
  readonly checkHash?: Buffer | null
}) => void

export type LoginAttempt = {
  readonly session: SessionFacts
  readonly scope: LoginScope
  /** a SASL mechanism in upper case, "USER/PASS", "APOP" (POP3) or "LOGIN command" (IMAP) */
  readonly mechanism: string
  readonly witness: LoginWitness
}

/** Whom the client says it is, and what is known of them. */
export type Sought = {
  /** as it was typed */
  readonly loginName: string
  readonly name: LoginName
  readonly found: LookUp
}

export type Tried = Sought & {
  /** whose secret it is; null for a wrong one */
  readonly credential: ProvenCredential | null
  /** what the owner is told when it was nobody's */
  readonly fault: ReasonId
  /** what tells one wrong password from another: the proof of a challenge shows nothing of the kind */
  readonly secret: Buffer | null
}
