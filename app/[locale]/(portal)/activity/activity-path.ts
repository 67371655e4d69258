import type { EventQuery } from '#lib/activity/list-events.ts'

/** The address of one view of the list; what is as usual is left out. */
export function activityPath(path: string, query: EventQuery): string {
  const parameters = new URLSearchParams()
  if (query.mailbox !== undefined) parameters.set('mailbox', String(query.mailbox))
  if (query.show !== 'all') parameters.set('show', query.show)
  if (query.service !== 'all') parameters.set('service', query.service)
  if (query.before !== undefined) parameters.set('before', query.before)
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}
