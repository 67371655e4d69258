import type { SentQuery } from '#lib/delivery/list-sent.ts'

/** The address of one view of the list; what is as usual is left out. */
export function sentPath(path: string, query: SentQuery): string {
  const parameters = new URLSearchParams()
  if (query.show !== 'all') parameters.set('show', query.show)
  if (query.before !== undefined) parameters.set('before', query.before)
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}
