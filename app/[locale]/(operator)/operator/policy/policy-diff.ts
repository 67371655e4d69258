/** What differs between two policies, path by path. */
import type { PolicyDocument } from '#lib/policy/schema.ts'

export type PolicyDifference = { readonly path: string; readonly before: string; readonly after: string }

export function policyDiff(before: PolicyDocument, after: PolicyDocument): PolicyDifference[] {
  const old = flatten(before)
  const paths = new Set([...old.keys(), ...flatten(after).keys()])
  return [...paths].flatMap((path) => {
    const [from, to] = [old.get(path) ?? '—', flatten(after).get(path) ?? '—']
    return from === to ? [] : [{ path, before: from, after: to }]
  })
}

/** A list of rules is compared rule by rule, one of words as a whole. */
function isListOfWords(value: object): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry !== 'object')
}

function flatten(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null || isListOfWords(value)) {
    return new Map([[path, Array.isArray(value) ? value.join(', ') || '—' : String(value)]])
  }
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, path ? `${path}.${key}` : key)]))
}
