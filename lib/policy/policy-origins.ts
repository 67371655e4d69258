/** Where each value of the policy comes from: the version that last changed it, or the product itself. */
import { isSame, type PolicyValue, policyValues } from './policy-diff.ts'
import type { PolicyDocument } from './schema.ts'

export type ValueWithOrigin<Version> = {
  readonly path: string
  readonly value: PolicyValue
  /** null: it has never been anything else than the default */
  readonly origin: Version | null
}

/** @param versions that ruled, newest first */
export function valuesWithOrigins<Version extends { readonly document: PolicyDocument }>(
  versions: readonly Version[],
  defaults: PolicyDocument,
): ValueWithOrigin<Version>[] {
  const history = versions.map((version) => ({ version, values: policyValues(version.document) }))
  const oldest = policyValues(defaults)
  return [...(history[0]?.values ?? oldest)].map(([path, value]) => {
    const length = history.findIndex(({ values }) => !isSame(values.get(path) ?? null, value))
    const isOld = length === -1 && isSame(oldest.get(path) ?? null, value)
    const origin = isOld ? null : (history.at(length === -1 ? -1 : length - 1)?.version ?? null)
    return { path, value, origin }
  })
}
