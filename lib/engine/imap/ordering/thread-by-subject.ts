/** THREAD=ORDEREDSUBJECT (RFC 5256 §3): the oldest message of a subject, and all others of it below. */
import { byDate, nodeFor, type ThreadedMessage, type ThreadNode } from './thread.ts'

export function threadBySubject(messages: readonly ThreadedMessage[]): ThreadNode[] {
  const roots = new Map<string, ThreadNode>()
  for (const node of messages.map(nodeFor).sort(byDate)) {
    const subject = node.message?.subject ?? ''
    const root = roots.get(subject)
    if (root === undefined) roots.set(subject, node)
    else root.children.push(node)
  }
  return [...roots.values()]
}
