/** A policy in a file: the document as JSON. Whatever is wrong with it is named by its place. */
import type { z } from 'zod'
import { type PolicyDocument, policyDocumentSchema } from './schema.ts'

export const policyFileFaults = ['notJson', 'missing', 'unknown', 'tooSmall', 'tooLarge', 'wrong'] as const

export type PolicyFileFault = {
  /** "submission.limits.maxRecipientsPerDay"; empty for the file as a whole */
  readonly path: string
  readonly fault: (typeof policyFileFaults)[number]
}

export function readPolicyFile(
  text: string,
): { readonly document: PolicyDocument } | { readonly faults: readonly PolicyFileFault[] } {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return { faults: [{ path: '', fault: 'notJson' }] }
  }
  const read = policyDocumentSchema.safeParse(given, { reportInput: true })
  return read.success ? { document: read.data } : { faults: read.error.issues.flatMap(faultsOf) }
}

function faultsOf(issue: z.core.$ZodIssue): PolicyFileFault[] {
  const path = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, fault: 'unknown' }))
  }
  return [{ path, fault: faultOf(issue) }]
}

function faultOf(issue: z.core.$ZodIssue): PolicyFileFault['fault'] {
  if (issue.code === 'too_small') return 'tooSmall'
  if (issue.code === 'too_big') return 'tooLarge'
  return issue.code === 'invalid_type' && issue.input === undefined ? 'missing' : 'wrong'
}
