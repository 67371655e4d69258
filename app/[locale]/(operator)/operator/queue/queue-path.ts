import type { QueueQuery } from '#lib/delivery/list-queue.ts'

/** The address of one view of the queue; what is as usual is left out. */
export function queuePath(path: string, query: QueueQuery): string {
  const parameters = new URLSearchParams()
  if (query.domain !== '') parameters.set('domain', query.domain)
  if (query.show !== 'all') parameters.set('show', query.show)
  if (query.after !== undefined) parameters.set('after', query.after)
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}
