/** How a record that we ask somebody to publish stands in DNS. */

/** `differs`: something else stands there; `unknown`: DNS did not answer. */
export type PublicationState = 'published' | 'missing' | 'differs' | 'unknown'

/** What it means that a question to DNS failed. */
export function stateOfFailure(error: unknown): 'missing' | 'unknown' {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOTFOUND' || code === 'ENODATA' ? 'missing' : 'unknown'
}
