/** Which mechanisms the policy lets a session try. */
import { policyMechanism } from '#lib/policy/mechanism-names.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import { saslMechanisms } from '#lib/policy/schema.ts'
import type { PolicySource } from '../policy/watcher.ts'
import type { SessionFacts } from './identity.ts'
import type { LoginAttempt } from './login-attempt.ts'
import type { ScramChannel } from './scram.ts'

export const BOUND_SCRAM = 'SCRAM-SHA-256-PLUS'

export interface MechanismRules {
  /** @returns null when the policy lets this mechanism be tried here and now */
  forbiddenBy(attempt: Pick<LoginAttempt, 'session' | 'mechanism'>): ReasonId | null
  isAllowed(session: SessionFacts, mechanism: string): boolean
  /** SASL's names, to be advertised */
  mechanismsFor(session: SessionFacts): string[]
  channelOf(attempt: LoginAttempt): ScramChannel
}

export function mechanismRules(policy: Pick<PolicySource, 'decide'>): MechanismRules {
  function forbiddenBy({ session, mechanism }: Pick<LoginAttempt, 'session' | 'mechanism'>): ReasonId | null {
    const { listener, tls } = session
    const verdict = policy.decide({ stage: 'authenticate', listener, mechanism: policyMechanism(mechanism), tls })
    if (verdict.outcome === 'accept') return null
    return 'reason' in verdict ? verdict.reason : 'notDecided'
  }

  const isAllowed = (session: SessionFacts, mechanism: string) => forbiddenBy({ session, mechanism }) === null
  const offersBinding = (session: SessionFacts) => session.tls && isAllowed(session, BOUND_SCRAM)

  return {
    forbiddenBy,
    isAllowed,
    mechanismsFor: (session) => [
      ...saslMechanisms.filter((mechanism) => isAllowed(session, mechanism)),
      ...(offersBinding(session) ? [BOUND_SCRAM] : []),
    ],
    channelOf({ session, mechanism }) {
      const { bindingOf } = session
      return { isBound: mechanism === BOUND_SCRAM, isBindingOffered: offersBinding(session), bindingOf }
    },
  }
}
