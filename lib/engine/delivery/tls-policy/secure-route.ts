/**
 * What the domain's policy makes of a route (MTA-STS, RFC 8461 §5): under "enforce" only hosts that it names, and only
 * encrypted under a valid certificate; under "testing" all as usual, but what would have failed is counted.
 */
import type { SessionTarget } from '../relay/session-target.ts'
import type { TlsFailure } from '../relay/tls-failure.ts'
import { type DomainPolicyParts, namesHost, openDomainPolicies, type PolicyFailure } from './domain-policies.ts'
import { countTlsResults } from './tls-results.ts'

export type SecuredRoute = {
  /** empty when the policy allows none of the hosts */
  readonly targets: readonly SessionTarget[]
  /** for each host that was tried; null is well */
  readonly onTlsTried: (failure: TlsFailure | null) => void
}

export type SecureRoute = (domain: string, targets: readonly SessionTarget[]) => Promise<SecuredRoute>

/** The operator has said how the smart host is to be reached; it sees to the rest of the way. */
export const trustSmartHost: SecureRoute = async (_domain, targets) => ({ targets, onTlsTried: () => {} })

/** Without a policy nobody has promised a valid certificate, so an invalid one is no failure. */
const opportunisticFailures: readonly TlsFailure[] = ['starttls-not-supported', 'validation-failure']

type RouteSecurityParts = Omit<DomainPolicyParts, 'onFailure'> & { readonly onFault: (error: unknown) => void }

export function openRouteSecurity(parts: RouteSecurityParts): SecureRoute {
  const count = countTlsResults(parts.database, parts.onFault)
  const onFailure = (domain: string, failure: PolicyFailure) => count({ domain, policy: 'none', result: failure })
  const policies = openDomainPolicies({ ...parts, onFailure })
  return async (domain, targets) => {
    const policy = await policies(domain)
    const counts = (failure: TlsFailure) => policy.mode !== 'none' || opportunisticFailures.includes(failure)
    const onTlsTried = (failure: TlsFailure | null) =>
      count({ domain, policy: policy.mode, result: failure !== null && counts(failure) ? failure : 'success' })

    const strangers = targets.filter(({ hostName }) => !namesHost(policy, hostName))
    if (strangers.length > 0) onTlsTried('validation-failure')
    if (policy.mode !== 'enforce') return { targets, onTlsTried }
    const named = targets.filter((target) => !strangers.includes(target))
    return { targets: named.map((target) => ({ ...target, tls: 'required' })), onTlsTried }
  }
}
