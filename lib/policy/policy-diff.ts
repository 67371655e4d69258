/** A policy as paths with their values, and what differs between two. */
import type { PolicyDocument } from './schema.ts'

export type PolicyValue = string | number | boolean | readonly (string | number)[]
export type PolicyDifference = {
  readonly path: string
  readonly before: PolicyValue | null
  readonly after: PolicyValue | null
}

export function policyDiff(before: PolicyDocument, after: PolicyDocument): PolicyDifference[] {
  const old = policyValues(before)
  const young = policyValues(after)
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((path) => {
    const [from, to] = [old.get(path) ?? null, young.get(path) ?? null]
    return isSame(from, to) ? [] : [{ path, before: from, after: to }]
  })
}

export function policyValues(document: PolicyDocument): Map<string, PolicyValue> {
  return new Map(leavesOf(document, ''))
}

export function isSame(one: PolicyValue | null, other: PolicyValue | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** A list of rules is compared rule by rule, one of words as a whole. */
function leavesOf(value: unknown, path: string): [string, PolicyValue][] {
  if (typeof value !== 'object' || value === null || isListOfWords(value)) return [[path, value as PolicyValue]]
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path === '' ? key : `${path}.${key}`))
}

function isListOfWords(value: object): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry !== 'object')
}
