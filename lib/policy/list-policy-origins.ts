import type { Actor } from '#lib/accounts/actor.ts'
import { defaultPolicy } from './defaults.ts'
import { type ValueWithOrigin, valuesWithOrigins } from './policy-origins.ts'
import { listPolicyVersions, type PolicyVersionView } from './repository.ts'

const ALL = 10_000

/** Every value that rules for everybody, with the version that made it so. @throws AppError forbidden */
export async function listPolicyOrigins(actor: Actor): Promise<ValueWithOrigin<PolicyVersionView>[]> {
  const versions = await listPolicyVersions(actor, ALL)
  return valuesWithOrigins(
    versions.filter(({ state }) => state === 'ruled'),
    defaultPolicy,
  )
}
