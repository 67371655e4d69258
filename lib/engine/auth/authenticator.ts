/**
 * One login for all doors: SMTP, POP3 and IMAP ask here, with a password or by SASL.
 *
 * Guarantees: an unknown name, a wrong, revoked, expired or out-of-scope password get the same words after the same
 * work; only the event that the owner sees tells them apart. A database that is away is a temporary refusal, never
 * "wrong password" (a client would forget it). Where too many passwords were wrong, right and wrong ones alike get the
 * same temporary refusal, except from devices that are known there.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { pepperFrom, verifierOf } from '#lib/accounts/secret.ts'
import { unknownAccount } from '#lib/attempts/attempt-key.ts'
import { checkCodeHash } from '#lib/attempts/check-code.ts'
import { placeOf } from '#lib/attempts/place.ts'
import type { Database } from '#lib/db/database.ts'
import { checkCodeIn } from '#lib/mail/check-name.ts'
import { type LoginName, type LoginRealm, parseLoginName } from '#lib/mail/login-name.ts'
import { type OldHostSign, oldHostSign } from '#lib/mail/old-host.ts'
import type { Verdict } from '#lib/policy/decide.ts'
import { policyMechanism } from '#lib/policy/mechanism-names.ts'
import { oldHostPosition } from '#lib/policy/old-host-rules.ts'
import { type ReasonContext, type ReasonId, reasons, reasonText } from '#lib/policy/reasons.ts'
import { saslMechanisms } from '#lib/policy/schema.ts'
import type { PolicySource } from '../policy/watcher.ts'
import {
  findCredentials,
  identityOf,
  type KnownCredential,
  type LookUp,
  type ProvenCredential,
} from './credential-lookup.ts'
import type { HostUses } from './host-uses.ts'
import type { Identity, LoginResult, LoginScope, Refusal, SessionFacts } from './identity.ts'
import type { InheritedReading } from './inherited-reading.ts'
import { openKeptSecrets } from './kept-secrets.ts'
import type { LastUse } from './last-use.ts'
import type { LoginProtection } from './login-protection.ts'
import { claimByApop, claimByCramMd5, newChallenge, type ProofClaim } from './md5-challenge.ts'
import { type Claim, claimByLogin, claimByPlain, type Exchange, type PasswordClaim, prepared } from './sasl.ts'
import { runScram, type ScramChannel } from './scram.ts'

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

export interface Authenticator {
  withPassword(attempt: LoginAttempt, loginName: string, password: string): Promise<LoginResult>
  withSasl(attempt: LoginAttempt, initialResponse: Buffer | null, exchange: Exchange): Promise<LoginResult>
  /** @param stamp the one of the greeting */
  withApop(attempt: Omit<LoginAttempt, 'mechanism'>, argument: string, stamp: string): Promise<LoginResult>
  /** The stamp for the greeting of POP3; null where APOP may not be tried. */
  apopStampFor(session: SessionFacts): string | null
  /** What to advertise to this session now. */
  mechanismsFor(session: SessionFacts): string[]
}

const SALT_OCTETS = 16

/** The database is away: the one failure that the client should try again. */
class CredentialsUnavailable extends Error {}

async function reachable<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (cause) {
    throw new CredentialsUnavailable('credentials cannot be read', { cause })
  }
}

/** A proof after it was compared. */
type Tried = {
  readonly loginName: string
  /** whose secret it is; null for a wrong one */
  readonly credential: ProvenCredential | null
  readonly found: LookUp
  /** what the owner is told when it was nobody's */
  readonly fault: ReasonId
  /** what tells one wrong password from another: the proof of a challenge shows nothing of the kind */
  readonly secret: Buffer | null
}

const BOUND_SCRAM = 'SCRAM-SHA-256-PLUS'

function faultOf(credential: ProvenCredential, scope: LoginScope): ReasonId | null {
  if (credential.is_revoked) return 'credentialRevoked'
  if (credential.is_expired) return 'credentialExpired'
  if (credential.is_suspended) return 'mailboxSuspended'
  return credential.scopes.includes(scope) ? null : 'wrongScope'
}

/** A proof says which credential it was; that takes the place of the password in the count of guesses. */
function shownBy(credential: KnownCredential): Pick<Tried, 'credential' | 'fault' | 'secret'> {
  return { credential, fault: 'badCredentials', secret: Buffer.from(credential.credential_id) }
}

export type AuthenticatorParts = {
  readonly database: Database
  readonly policy: PolicySource
  readonly lastUse: LastUse
  readonly protection: LoginProtection
  readonly hostUses: HostUses
  readonly inheritedReading: InheritedReading
  readonly realm: LoginRealm
  /** host names of earlier days, lower case */
  readonly formerHosts: readonly string[]
  readonly masterKey: Buffer
  readonly reasonContext: () => ReasonContext
}

export function createAuthenticator(parts: AuthenticatorParts): Authenticator {
  const pepper = pepperFrom(parts.masterKey)
  const keptSecrets = openKeptSecrets(parts.masterKey)
  const challenge = () => newChallenge(parts.realm.defaultDomain)

  function refusalFor(reason: ReasonId, waitSeconds?: number): Refusal {
    const { code, enhanced } = reasons[reason]
    const context = { ...parts.reasonContext(), ...(waitSeconds === undefined ? {} : { waitSeconds }) }
    return { reason, code, enhanced, temporary: code < 500, text: reasonText(reason, context) }
  }

  function refuse(attempt: LoginAttempt, loginName: string, refusal: Refusal, mailboxId: number | null): LoginResult {
    attempt.witness({ loginName, mechanism: attempt.mechanism, identity: null, mailboxId, refusal })
    return { outcome: 'refused', refusal }
  }

  function decideOn({ listener, tls }: SessionFacts, mechanism: string): Verdict {
    return parts.policy.decide({ stage: 'authenticate', listener, mechanism: policyMechanism(mechanism), tls })
  }

  const isAllowed = (session: SessionFacts, mechanism: string) => decideOn(session, mechanism).outcome === 'accept'
  const offersBinding = (session: SessionFacts) => session.tls && isAllowed(session, BOUND_SCRAM)

  function channelOf({ session, mechanism }: LoginAttempt): ScramChannel {
    const { bindingOf } = session
    return { isBound: mechanism === BOUND_SCRAM, isBindingOffered: offersBinding(session), bindingOf }
  }

  /** @returns null when the policy lets this mechanism be tried here and now */
  function forbiddenBy({ session, mechanism }: LoginAttempt): ReasonId | null {
    const verdict = decideOn(session, mechanism)
    if (verdict.outcome === 'accept') return null
    return verdict.outcome === 'reject' || verdict.outcome === 'defer' ? verdict.reason : 'notDecided'
  }

  /** What cannot be a user name is looked up all the same: the answer must not come sooner. */
  const nameOf = (loginName: string): LoginName =>
    parseLoginName(prepared(loginName), parts.realm) ?? { name: '', domain: null }

  async function lookUp({ session }: LoginAttempt, loginName: string): Promise<LookUp> {
    const name = nameOf(loginName)
    const account = unknownAccount(parts.protection.key, `${name.name}@${name.domain}`)
    const place = placeOf(session.address)
    return reachable(findCredentials(parts.database, name, { place, unknownAccount: account }))
  }

  /** The same for all spellings of one unknown name, as it is for a known one. */
  function decoySalt(loginName: string): Buffer {
    const { name, domain } = nameOf(loginName)
    return createHmac('sha256', pepper).update(`${name}@${domain}`).digest().subarray(0, SALT_OCTETS)
  }

  /**
   * What a proof is worth, given what was tried before. The password was compared already, so an attempt too many costs
   * what any other does, and its answer does not tell whether it was right.
   * @returns null when it opens the door
   */
  async function faultWith(
    attempt: LoginAttempt,
    { credential, found, secret, ...tried }: Tried,
  ): Promise<Refusal | null> {
    const fault = credential ? faultOf(credential, attempt.scope) : tried.fault
    const rightOne = fault === null ? (credential?.credential_id ?? null) : null
    const waitSeconds = await reachable(parts.protection.judge(found.history, rightOne, secret))
    if (waitSeconds > 0) return refusalFor('tooManyLogins', waitSeconds)
    return fault === null ? null : refusalFor(fault)
  }

  /** @returns null for a name that is a mailbox's, or no visitor's code */
  function checkHashOf({ loginName, found }: Tried): Buffer | null {
    const code = found.credentials.length > 0 ? null : checkCodeIn(nameOf(loginName).name)
    return code === null ? null : checkCodeHash(parts.protection.key, code)
  }

  /** A visitor tries their mail program out, with any password: that is nobody's wrong password and is not counted. */
  function answerCheck(attempt: LoginAttempt, { loginName, found }: Tried, checkHash: Buffer): LoginResult {
    const waitSeconds = parts.protection.waitSeconds(found.history)
    const refusal = waitSeconds > 0 ? refusalFor('tooManyLogins', waitSeconds) : refusalFor('badCredentials')
    attempt.witness({ loginName, mechanism: attempt.mechanism, identity: null, mailboxId: null, refusal, checkHash })
    return { outcome: 'refused', refusal }
  }

  /**
   * Whoever comes by a host that no longer serves them hears so whether the password is right or not: nobody learns
   * anything about it there, and it is no wrong password.
   */
  function oldHostFault(attempt: LoginAttempt, tried: Tried, sign: OldHostSign | null): Refusal | null {
    if (sign === null) return null
    const { name, domain } = nameOf(tried.loginName)
    const address = tried.found.credentials[0]?.address ?? `${name}@${domain ?? ''}`
    const verdict = parts.policy.decide({
      stage: 'oldHost',
      listener: attempt.session.listener,
      domain,
      position: oldHostPosition(address),
      at: new Date(),
    })
    if (!('reason' in verdict)) return null
    if (tried.credential) noteUse(attempt, identityOf(tried.credential), sign, true)
    return refusalFor(verdict.reason)
  }

  function noteUse(
    { session, mechanism }: LoginAttempt,
    { mailboxId, credentialId }: Identity,
    sign: OldHostSign | null,
    wasRefused: boolean,
  ): void {
    const { listener, tls, clientName } = session
    parts.hostUses.note({
      mailboxId,
      credentialId,
      listener,
      mechanism,
      tls,
      oldHostSign: sign,
      wasRefused,
      clientName,
    })
  }

  async function conclude(attempt: LoginAttempt, tried: Tried, finish?: () => Promise<boolean>): Promise<LoginResult> {
    const { loginName, credential, found } = tried
    const checkHash = checkHashOf(tried)
    if (checkHash !== null) return answerCheck(attempt, tried, checkHash)
    const sign = oldHostSign({ ...attempt.session, loginName }, parts.formerHosts)
    const refusal = oldHostFault(attempt, tried, sign) ?? (await faultWith(attempt, tried))
    if (refusal) return refuse(attempt, loginName, refusal, found.credentials[0]?.mailbox_id ?? null)
    if (credential === null || (finish && !(await finish()))) return { outcome: 'cancelled' }
    const identity = identityOf(credential)
    const { mailboxId, credentialId } = identity
    parts.lastUse.note(credentialId, attempt.session)
    noteUse(attempt, identity, sign, false)
    parts.protection.succeed(found.history, credentialId)
    attempt.witness({ loginName, mechanism: attempt.mechanism, identity, mailboxId, refusal: null })
    return { outcome: 'accepted', identity }
  }

  /** Nothing is compared for a stranger who has to wait: the answer is the same, and costs nothing. */
  async function inheritedBy(
    { session }: LoginAttempt,
    loginName: string,
    password: string,
    { history }: LookUp,
  ): Promise<ProvenCredential | null> {
    const mustWait = history.devices.size === 0 && parts.protection.waitSeconds(history) > 0
    if (mustWait || !parts.inheritedReading.isOpenTo(session)) return null
    const { name, domain } = nameOf(loginName)
    return reachable(parts.inheritedReading.prove(`${name}@${domain ?? ''}`, password))
  }

  async function checkPassword(attempt: LoginAttempt, loginName: string, password: string): Promise<LoginResult> {
    const verifier = verifierOf(prepared(password), pepper)
    const found = await lookUp(attempt, loginName)
    const credential =
      found.credentials.find((candidate) => timingSafeEqual(candidate.verifier, verifier)) ??
      (await inheritedBy(attempt, loginName, password, found))
    return conclude(attempt, { loginName, credential, found, fault: 'badCredentials', secret: verifier })
  }

  async function checkProof(attempt: LoginAttempt, { loginName, proves }: ProofClaim): Promise<LoginResult> {
    const found = await lookUp(attempt, loginName)
    const proven = keptSecrets.prove(found.credentials, proves)
    if (proven.credential === null) return conclude(attempt, { loginName, found, secret: null, ...proven })
    return conclude(attempt, { loginName, found, ...shownBy(proven.credential) })
  }

  async function checkScram(attempt: LoginAttempt, initial: Buffer | null, exchange: Exchange): Promise<LoginResult> {
    const lookUps: LookUp[] = []
    const result = await runScram(
      initial,
      exchange,
      async (loginName) => {
        const found = await lookUp(attempt, loginName)
        lookUps.push(found)
        const { credentials } = found
        return { salt: credentials[0]?.scram_salt ?? decoySalt(loginName), candidates: credentials }
      },
      channelOf(attempt),
    )
    if (result.outcome === 'cancelled' || result.outcome === 'malformed') return { outcome: result.outcome }
    const [found] = lookUps
    if (found === undefined) throw new Error('a SCRAM exchange ended before its look-up')
    const { loginName } = result
    if (result.outcome === 'unproven') {
      return conclude(attempt, { loginName, credential: null, found, fault: result.fault, secret: null })
    }
    return conclude(attempt, { loginName, found, ...shownBy(result.candidate) }, result.finish)
  }

  async function settle(attempt: LoginAttempt, claim: Claim<PasswordClaim | ProofClaim>): Promise<LoginResult> {
    if (claim.outcome !== 'claimed') return { outcome: claim.outcome }
    const { claim: claimed } = claim
    return 'proves' in claimed
      ? checkProof(attempt, claimed)
      : checkPassword(attempt, claimed.loginName, claimed.password)
  }

  /** The work between policy and answer; whatever goes wrong in it is our fault, not the password's. */
  async function guarded(attempt: LoginAttempt, work: () => Promise<LoginResult>): Promise<LoginResult> {
    const forbidden = forbiddenBy(attempt)
    if (forbidden) return refuse(attempt, '', refusalFor(forbidden), null)
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof CredentialsUnavailable)) throw error
      return refuse(attempt, '', refusalFor('serviceUnavailable'), null)
    }
  }

  return {
    withPassword: (attempt, loginName, password) => guarded(attempt, () => checkPassword(attempt, loginName, password)),
    withSasl: (attempt, initial, exchange) =>
      guarded(attempt, async () => {
        switch (attempt.mechanism) {
          case 'PLAIN':
            return settle(attempt, await claimByPlain(initial, exchange))
          case 'LOGIN':
            return settle(attempt, await claimByLogin(initial, exchange))
          case 'CRAM-MD5':
            return settle(attempt, await claimByCramMd5(initial, exchange, challenge()))
          case 'SCRAM-SHA-256':
          case BOUND_SCRAM:
            return checkScram(attempt, initial, exchange)
          default:
            return refuse(attempt, '', refusalFor('mechanismNotAllowed'), null)
        }
      }),
    withApop(attempt, argument, stamp) {
      const apopAttempt = { ...attempt, mechanism: 'APOP' }
      return guarded(apopAttempt, () => settle(apopAttempt, claimByApop(argument, stamp)))
    },
    apopStampFor: (session) => (isAllowed(session, 'APOP') ? challenge() : null),
    mechanismsFor: (session) => [
      ...saslMechanisms.filter((mechanism) => isAllowed(session, mechanism)),
      ...(offersBinding(session) ? [BOUND_SCRAM] : []),
    ],
  }
}
