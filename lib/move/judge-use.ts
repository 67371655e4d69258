/** Would this use still be served? Asked of the one decide() that the engine asks. Pure. */
import { decide, type Verdict } from '#lib/policy/decide.ts'
import { policyMechanism } from '#lib/policy/mechanism-names.ts'
import { oldHostUseOf } from '#lib/policy/old-host-rules.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import type { ListenerName, PolicyDocument } from '#lib/policy/schema.ts'

export type RecordedUse = {
  readonly listener: ListenerName
  readonly mechanism: string
  readonly tls: boolean
  readonly isOldHost: boolean
  /** it logged in by the password of the old system */
  readonly isInherited: boolean
  /** of the mailbox */
  readonly address: string
}

/** @returns why it would be refused; null where it goes on as ever */
export function refusalOfUse(use: RecordedUse, policy: PolicyDocument, at: Date): ReasonId | null {
  for (const verdict of verdictsOn(use, policy, at)) if ('reason' in verdict) return verdict.reason
  return null
}

function* verdictsOn(use: RecordedUse, policy: PolicyDocument, at: Date): Generator<Verdict> {
  const { listener, mechanism, tls, isOldHost, isInherited, address } = use
  yield decide({ stage: 'connect', listener }, policy)
  if (listener === 'mx' || listener === 'smtp') {
    const permission = { kind: 'relayWindow', addresses: [address] } as const
    yield decide(
      { stage: 'mail', listener: 'smtp', permission, sender: address, declaredBytes: null, from: null },
      policy,
    )
  } else yield decide({ stage: 'authenticate', listener, mechanism: policyMechanism(mechanism), tls }, policy)
  if (isInherited) yield decide({ stage: 'inheritedPassword', listener, at }, policy)
  if (!isOldHost) return
  yield decide({ stage: 'oldHost', listener, ...oldHostUseOf(address, at) }, policy)
}
