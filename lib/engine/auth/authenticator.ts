/**
 * One login for all doors: SMTP, POP3, IMAP and ManageSieve ask here, with a password or by SASL.
 *
 * Guarantees: every proof is compared after the same look-up, whether the name is known or not, before it is judged. A
 * database that is away is a temporary refusal, never "wrong password" (a client would forget it).
 */
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { pepperFrom, verifierOf } from '#lib/accounts/secret.ts'
import { unknownAccount } from '#lib/attempts/attempt-key.ts'
import { placeOf } from '#lib/attempts/place.ts'
import type { Database } from '#lib/db/database.ts'
import { type LoginName, type LoginRealm, parseLoginName } from '#lib/mail/login-name.ts'
import type { PolicySource } from '../policy/watcher.ts'
import { findCredentials, type KnownCredential, type ProvenCredential } from './credential-lookup.ts'
import { CredentialsUnavailable, reachable } from './credentials-unavailable.ts'
import type { LoginResult, SessionFacts } from './identity.ts'
import type { InheritedReading } from './inherited-reading.ts'
import { openKeptSecrets } from './kept-secrets.ts'
import type { LoginAttempt, Sought, Tried } from './login-attempt.ts'
import { createLoginJudge, type LoginJudgeParts } from './login-judge.ts'
import { claimByApop, claimByCramMd5, newChallenge, type ProofClaim } from './md5-challenge.ts'
import { BOUND_SCRAM, mechanismRules } from './mechanism-rules.ts'
import { type Claim, claimByLogin, claimByPlain, type Exchange, type PasswordClaim, prepared } from './sasl.ts'
import { runScram } from './scram.ts'

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
/**
 * A name that is known has a row that is read, a matter of tens of microseconds. Behind a pause of uneven length it takes
 * more tries to see that than anybody is allowed (bench/login-timing.ts).
 */
const LONGEST_PAUSE_MS = 4

/** A proof says which credential it was; that takes the place of the password in the count of guesses. */
function shownBy(credential: KnownCredential): Pick<Tried, 'credential' | 'fault' | 'secret'> {
  return { credential, fault: 'badCredentials', secret: Buffer.from(credential.credential_id) }
}

export type AuthenticatorParts = LoginJudgeParts & {
  readonly database: Database
  readonly policy: PolicySource
  readonly inheritedReading: InheritedReading
  readonly realm: LoginRealm
  readonly masterKey: Buffer
}

export function createAuthenticator(parts: AuthenticatorParts): Authenticator {
  const pepper = pepperFrom(parts.masterKey)
  const keptSecrets = openKeptSecrets(parts.masterKey)
  const judge = createLoginJudge(parts)
  const rules = mechanismRules(parts.policy)
  const challenge = () => newChallenge(parts.realm.defaultDomain)

  /** What cannot be a user name is looked up all the same: the answer must not come sooner. */
  const nameOf = (loginName: string): LoginName =>
    parseLoginName(prepared(loginName), parts.realm) ?? { name: '', domain: null }

  async function seek({ session }: LoginAttempt, loginName: string): Promise<Sought> {
    const name = nameOf(loginName)
    const account = unknownAccount(parts.protection.key, `${name.name}@${name.domain}`)
    const place = placeOf(session.address)
    const found = await reachable(findCredentials(parts.database, name, { place, unknownAccount: account }))
    return { loginName, name, found }
  }

  /** The same for all spellings of one unknown name, as it is for a known one. */
  function decoySalt({ name, domain }: LoginName): Buffer {
    return createHmac('sha256', pepper).update(`${name}@${domain}`).digest().subarray(0, SALT_OCTETS)
  }

  /** Nothing is compared for a stranger who has to wait: the answer is the same, and costs nothing. */
  async function inheritedBy(
    { session }: LoginAttempt,
    { name, found: { history } }: Sought,
    password: string,
  ): Promise<ProvenCredential | null> {
    const mustWait = history.devices.size === 0 && parts.protection.waitSeconds(history) > 0
    if (mustWait || !parts.inheritedReading.isOpenTo(session)) return null
    return reachable(parts.inheritedReading.prove(`${name.name}@${name.domain ?? ''}`, password))
  }

  async function checkPassword(attempt: LoginAttempt, loginName: string, password: string): Promise<LoginResult> {
    const verifier = verifierOf(prepared(password), pepper)
    const sought = await seek(attempt, loginName)
    const credential =
      sought.found.credentials.find((candidate) => timingSafeEqual(candidate.verifier, verifier)) ??
      (await inheritedBy(attempt, sought, password))
    return judge.conclude(attempt, { ...sought, credential, fault: 'badCredentials', secret: verifier })
  }

  async function checkProof(attempt: LoginAttempt, { loginName, proves }: ProofClaim): Promise<LoginResult> {
    const sought = await seek(attempt, loginName)
    const proven = keptSecrets.prove(sought.found.credentials, proves)
    const shown = proven.credential === null ? { ...proven, secret: null } : shownBy(proven.credential)
    return judge.conclude(attempt, { ...sought, ...shown })
  }

  async function checkScram(attempt: LoginAttempt, initial: Buffer | null, exchange: Exchange): Promise<LoginResult> {
    const lookUp = async (loginName: string) => {
      const sought = await seek(attempt, loginName)
      const { credentials: candidates } = sought.found
      return { sought, candidates, salt: candidates[0]?.scram_salt ?? decoySalt(sought.name) }
    }
    const result = await runScram(initial, exchange, lookUp, rules.channelOf(attempt))
    if (result.outcome === 'cancelled' || result.outcome === 'malformed') return { outcome: result.outcome }
    const { sought } = result.account
    return result.outcome === 'proven'
      ? judge.conclude(attempt, { ...sought, ...shownBy(result.candidate) }, result.finish)
      : judge.conclude(attempt, { ...sought, credential: null, fault: result.fault, secret: null })
  }

  async function settle(attempt: LoginAttempt, claim: Claim<PasswordClaim | ProofClaim>): Promise<LoginResult> {
    if (claim.outcome !== 'claimed') return { outcome: claim.outcome }
    const { claim: claimed } = claim
    return 'proves' in claimed
      ? checkProof(attempt, claimed)
      : checkPassword(attempt, claimed.loginName, claimed.password)
  }

  async function checkSasl(attempt: LoginAttempt, initial: Buffer | null, exchange: Exchange): Promise<LoginResult> {
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
        return judge.refuse(attempt, 'mechanismNotAllowed')
    }
  }

  /** The work between policy and answer; whatever goes wrong in it is our fault, not the password's. */
  async function guarded(attempt: LoginAttempt, work: () => Promise<LoginResult>): Promise<LoginResult> {
    const forbidden = rules.forbiddenBy(attempt)
    if (forbidden) return judge.refuse(attempt, forbidden)
    try {
      const result = await work()
      if (result.outcome === 'refused') await delay(randomInt(LONGEST_PAUSE_MS) + 1)
      return result
    } catch (error) {
      if (!(error instanceof CredentialsUnavailable)) throw error
      return judge.refuse(attempt, 'serviceUnavailable')
    }
  }

  return {
    withPassword: (attempt, loginName, password) => guarded(attempt, () => checkPassword(attempt, loginName, password)),
    withSasl: (attempt, initial, exchange) => guarded(attempt, () => checkSasl(attempt, initial, exchange)),
    withApop(attempt, argument, stamp) {
      const apopAttempt = { ...attempt, mechanism: 'APOP' }
      return guarded(apopAttempt, () => settle(apopAttempt, claimByApop(argument, stamp)))
    },
    apopStampFor: (session) => (rules.isAllowed(session, 'APOP') ? challenge() : null),
    mechanismsFor: rules.mechanismsFor,
  }
}
