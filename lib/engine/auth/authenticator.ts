/**
 * One login for all doors: SMTP, POP3 and IMAP ask here, with a password or by SASL.
 *
 * Guarantees: an unknown name, a wrong, revoked, expired or out-of-scope password get the same words after the same
 * work; only the event that the owner sees tells them apart. A database that is away is a temporary refusal, never
 * "wrong password" (a client would forget it).
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { pepperFrom, verifierOf } from '#lib/accounts/secret.ts'
import type { Database } from '#lib/db/database.ts'
import { type LoginName, type LoginRealm, parseLoginName } from '#lib/mail/login-name.ts'
import { type ReasonContext, type ReasonId, reasons, reasonText } from '#lib/policy/reasons.ts'
import { mechanisms } from '#lib/policy/schema.ts'
import type { PolicySource } from '../policy/watcher.ts'
import { findCredentials, type KnownCredential } from './credential-lookup.ts'
import type { Identity, LoginResult, LoginScope, Refusal, SessionFacts } from './identity.ts'
import type { LastUse } from './last-use.ts'
import { claimByLogin, claimByPlain, type Exchange } from './sasl.ts'
import { runScram } from './scram.ts'

/** Where a finished login is told: the session's event recorder. */
export type LoginWitness = (login: {
  readonly loginName: string
  readonly mechanism: string
  readonly identity: Identity | null
  /** the mailbox that was meant, also when the login failed */
  readonly mailboxId: number | null
  readonly refusal: Refusal | null
}) => void

export type LoginAttempt = {
  readonly session: SessionFacts
  readonly scope: LoginScope
  /** a SASL mechanism in upper case, "USER/PASS" (POP3) or "LOGIN command" (IMAP) */
  readonly mechanism: string
  readonly witness: LoginWitness
}

export interface Authenticator {
  withPassword(attempt: LoginAttempt, loginName: string, password: string): Promise<LoginResult>
  withSasl(attempt: LoginAttempt, initialResponse: Buffer | null, exchange: Exchange): Promise<LoginResult>
  /** What to advertise to this session now. */
  mechanismsFor(session: SessionFacts): string[]
}

const SALT_OCTETS = 16

/** The database is away: the one failure that the client should try again. */
class CredentialsUnavailable extends Error {}

/** USER/PASS of POP3 and LOGIN of IMAP show the same secret as PLAIN does, and are ruled by it. */
const policyNames: Readonly<Record<string, string>> = { 'USER/PASS': 'PLAIN', 'LOGIN command': 'PLAIN' }

function faultOf(credential: KnownCredential, scope: LoginScope): ReasonId | null {
  if (credential.is_revoked) return 'credentialRevoked'
  if (credential.is_expired) return 'credentialExpired'
  if (credential.is_suspended) return 'mailboxSuspended'
  return credential.scopes.includes(scope) ? null : 'wrongScope'
}

function identityOf(credential: KnownCredential): Identity {
  return {
    mailboxId: credential.mailbox_id,
    credentialId: credential.credential_id,
    address: credential.address,
    addresses: [credential.address, ...credential.aliases],
    popBeforeSmtp: credential.pop_before_smtp,
    expiresAt: credential.expires_at,
  }
}

export type AuthenticatorParts = {
  readonly database: Database
  readonly policy: PolicySource
  readonly lastUse: LastUse
  readonly realm: LoginRealm
  readonly masterKey: Buffer
  readonly reasonContext: () => ReasonContext
}

export function createAuthenticator(parts: AuthenticatorParts): Authenticator {
  const pepper = pepperFrom(parts.masterKey)

  function refusalFor(reason: ReasonId): Refusal {
    const { code, enhanced } = reasons[reason]
    return { reason, code, enhanced, temporary: code < 500, text: reasonText(reason, parts.reasonContext()) }
  }

  function refuse(attempt: LoginAttempt, loginName: string, reason: ReasonId, mailboxId: number | null): LoginResult {
    const refusal = refusalFor(reason)
    attempt.witness({ loginName, mechanism: attempt.mechanism, identity: null, mailboxId, refusal })
    return { outcome: 'refused', refusal }
  }

  /** @returns null when the policy lets this mechanism be tried here and now */
  function forbiddenBy({ session, mechanism }: LoginAttempt): ReasonId | null {
    const { listener, tls } = session
    const verdict = parts.policy.decide({
      stage: 'authenticate',
      listener,
      mechanism: policyNames[mechanism] ?? mechanism,
      tls,
    })
    if (verdict.outcome === 'accept') return null
    return verdict.outcome === 'reject' || verdict.outcome === 'defer' ? verdict.reason : 'notDecided'
  }

  /** What cannot be a user name is looked up all the same: the answer must not come sooner. */
  const nameOf = (loginName: string): LoginName => parseLoginName(loginName, parts.realm) ?? { name: '', domain: null }

  async function candidatesFor(loginName: string): Promise<KnownCredential[]> {
    try {
      return await findCredentials(parts.database, nameOf(loginName))
    } catch (cause) {
      throw new CredentialsUnavailable('credentials cannot be read', { cause })
    }
  }

  /** The same for all spellings of one unknown name, as it is for a known one. */
  function decoySalt(loginName: string): Buffer {
    const { name, domain } = nameOf(loginName)
    return createHmac('sha256', pepper).update(`${name}@${domain}`).digest().subarray(0, SALT_OCTETS)
  }

  function conclude(attempt: LoginAttempt, loginName: string, credential: KnownCredential): LoginResult {
    const fault = faultOf(credential, attempt.scope)
    if (fault) return refuse(attempt, loginName, fault, credential.mailbox_id)
    const identity = identityOf(credential)
    const { mailboxId } = identity
    parts.lastUse.note(identity.credentialId, attempt.session)
    attempt.witness({ loginName, mechanism: attempt.mechanism, identity, mailboxId, refusal: null })
    return { outcome: 'accepted', identity }
  }

  async function checkPassword(attempt: LoginAttempt, loginName: string, password: string): Promise<LoginResult> {
    const verifier = verifierOf(password, pepper)
    const candidates = await candidatesFor(loginName)
    const credential = candidates.find((candidate) => timingSafeEqual(candidate.verifier, verifier))
    if (credential) return conclude(attempt, loginName, credential)
    return refuse(attempt, loginName, 'badCredentials', candidates[0]?.mailbox_id ?? null)
  }

  async function checkScram(attempt: LoginAttempt, initial: Buffer | null, exchange: Exchange): Promise<LoginResult> {
    let mailboxId: number | null = null
    const result = await runScram(initial, exchange, async (loginName) => {
      const candidates = await candidatesFor(loginName)
      mailboxId = candidates[0]?.mailbox_id ?? null
      return { salt: candidates[0]?.scram_salt ?? decoySalt(loginName), candidates }
    })
    if (result.outcome === 'cancelled' || result.outcome === 'malformed') return { outcome: result.outcome }
    if (result.outcome === 'unproven') return refuse(attempt, result.loginName, 'badCredentials', mailboxId)
    const fault = faultOf(result.candidate, attempt.scope)
    if (fault) return refuse(attempt, result.loginName, fault, mailboxId)
    return (await result.finish()) ? conclude(attempt, result.loginName, result.candidate) : { outcome: 'cancelled' }
  }

  /** The work between policy and answer; whatever goes wrong in it is our fault, not the password's. */
  async function guarded(attempt: LoginAttempt, work: () => Promise<LoginResult>): Promise<LoginResult> {
    const forbidden = forbiddenBy(attempt)
    if (forbidden) return refuse(attempt, '', forbidden, null)
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof CredentialsUnavailable)) throw error
      return refuse(attempt, '', 'serviceUnavailable', null)
    }
  }

  return {
    withPassword: (attempt, loginName, password) => guarded(attempt, () => checkPassword(attempt, loginName, password)),
    withSasl: (attempt, initial, exchange) =>
      guarded(attempt, async () => {
        if (attempt.mechanism === 'SCRAM-SHA-256') return checkScram(attempt, initial, exchange)
        const read = attempt.mechanism === 'LOGIN' ? claimByLogin : claimByPlain
        const claim = await read(initial, exchange)
        if (claim.outcome !== 'claimed') return { outcome: claim.outcome }
        return checkPassword(attempt, claim.claim.loginName, claim.claim.password)
      }),
    mechanismsFor: ({ listener, tls }) =>
      mechanisms.filter(
        (mechanism) => parts.policy.decide({ stage: 'authenticate', listener, mechanism, tls }).outcome === 'accept',
      ),
  }
}
