/**
 * What a login is worth once its proof was compared, and who is told of it.
 *
 * Guarantees: an unknown name, a wrong, revoked, expired or out-of-scope password get the same words; only the event
 * that the owner sees tells them apart. Where too many passwords were wrong, right and wrong ones alike get the same
 * temporary refusal, except from devices that are known there.
 */
import { checkCodeHash } from '#lib/attempts/check-code.ts'
import { checkCodeIn } from '#lib/mail/check-name.ts'
import { type OldHostSign, oldHostSign } from '#lib/mail/old-host.ts'
import { oldHostUseOf } from '#lib/policy/old-host-rules.ts'
import { type ReasonContext, type ReasonId, reasons, reasonText } from '#lib/policy/reasons.ts'
import type { PolicySource } from '../policy/watcher.ts'
import { identityOf, type ProvenCredential } from './credential-lookup.ts'
import { reachable } from './credentials-unavailable.ts'
import type { HostUses } from './host-uses.ts'
import type { Identity, LoginResult, LoginScope, Refusal } from './identity.ts'
import type { LastUse } from './last-use.ts'
import type { LoginAttempt, Tried } from './login-attempt.ts'
import type { LoginProtection } from './login-protection.ts'

export type LoginJudgeParts = {
  readonly policy: Pick<PolicySource, 'decide'>
  readonly lastUse: LastUse
  readonly protection: LoginProtection
  readonly hostUses: HostUses
  /** host names of earlier days, lower case */
  readonly formerHosts: readonly string[]
  readonly reasonContext: () => ReasonContext
}

export interface LoginJudge {
  /** Before anything was compared. */
  refuse(attempt: LoginAttempt, reason: ReasonId): LoginResult
  /** @param finish the last words of an exchange; false when the client does not accept them */
  conclude(attempt: LoginAttempt, tried: Tried, finish?: () => Promise<boolean>): Promise<LoginResult>
}

function faultOf(credential: ProvenCredential, scope: LoginScope): ReasonId | null {
  if (credential.is_revoked) return 'credentialRevoked'
  if (credential.is_expired) return 'credentialExpired'
  if (credential.is_suspended) return 'mailboxSuspended'
  return credential.scopes.includes(scope) ? null : 'wrongScope'
}

export function createLoginJudge(parts: LoginJudgeParts): LoginJudge {
  function refusalFor(reason: ReasonId, waitSeconds?: number): Refusal {
    const { code, enhanced } = reasons[reason]
    const context = { ...parts.reasonContext(), ...(waitSeconds === undefined ? {} : { waitSeconds }) }
    return { reason, code, enhanced, temporary: code < 500, text: reasonText(reason, context) }
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
  function checkHashOf({ name, found }: Tried): Buffer | null {
    const code = found.credentials.length > 0 ? null : checkCodeIn(name.name)
    return code === null ? null : checkCodeHash(parts.protection.key, code)
  }

  /** A visitor tries their mail program out, with any password: that is nobody's wrong password and is not counted. */
  function checkRefusal({ found }: Tried): Refusal {
    const waitSeconds = parts.protection.waitSeconds(found.history)
    return waitSeconds > 0 ? refusalFor('tooManyLogins', waitSeconds) : refusalFor('badCredentials')
  }

  /**
   * Whoever comes by a host that no longer serves them hears so whether the password is right or not: nobody learns
   * anything about it there, and it is no wrong password.
   */
  function oldHostFault(
    attempt: LoginAttempt,
    { name, credential, found }: Tried,
    sign: OldHostSign | null,
  ): Refusal | null {
    if (sign === null) return null
    const meant = credential ?? found.credentials[0]
    const use = oldHostUseOf(meant?.address ?? `${name.name}@${name.domain ?? ''}`, new Date())
    const verdict = parts.policy.decide({ stage: 'oldHost', listener: attempt.session.listener, ...use })
    if (!('reason' in verdict)) return null
    if (credential) noteUse(attempt, identityOf(credential), sign, true)
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

  function accept(attempt: LoginAttempt, { loginName, found }: Tried, identity: Identity, sign: OldHostSign | null) {
    const { mailboxId, credentialId } = identity
    parts.lastUse.note(credentialId, attempt.session)
    noteUse(attempt, identity, sign, false)
    parts.protection.succeed(found.history, credentialId)
    attempt.witness({ loginName, mechanism: attempt.mechanism, identity, mailboxId, refusal: null })
    return { outcome: 'accepted', identity } as const
  }

  return {
    refuse(attempt, reason) {
      const refusal = refusalFor(reason)
      attempt.witness({ loginName: '', mechanism: attempt.mechanism, identity: null, mailboxId: null, refusal })
      return { outcome: 'refused', refusal }
    },
    async conclude(attempt, tried, finish) {
      const { loginName, credential, found } = tried
      const checkHash = checkHashOf(tried)
      const sign = oldHostSign({ ...attempt.session, loginName }, parts.formerHosts)
      const refusal =
        checkHash === null
          ? (oldHostFault(attempt, tried, sign) ?? (await faultWith(attempt, tried)))
          : checkRefusal(tried)
      if (refusal) {
        const mailboxId = found.credentials[0]?.mailbox_id ?? null
        attempt.witness({ loginName, mechanism: attempt.mechanism, identity: null, mailboxId, refusal, checkHash })
        return { outcome: 'refused', refusal }
      }
      if (credential === null || (finish && !(await finish()))) return { outcome: 'cancelled' }
      return accept(attempt, tried, identityOf(credential), sign)
    },
  }
}
