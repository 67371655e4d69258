/** What both threading algorithms work on, and how their result is written (RFC 5256 §4 thread-data). */

export type ThreadedMessage = {
  readonly uid: number
  /** milliseconds */
  readonly sentAt: number
  /** see base-subject.ts */
  readonly subject: string
  readonly isReply: boolean
  readonly messageId: string | null
  /** of its ancestors, the parent last */
  readonly references: readonly string[]
}

export type ThreadNode = {
  /** null: a message that is not here but holds others together */
  message: ThreadedMessage | null
  parent: ThreadNode | null
  children: ThreadNode[]
}

export const nodeFor = (message: ThreadedMessage | null): ThreadNode => ({ message, parent: null, children: [] })

/** Sent date, then UID; a missing message has the place of its first child (§3, REFERENCES (4)). */
export function byDate(one: ThreadNode, other: ThreadNode): number {
  const [a, b] = [one.message ?? one.children[0]?.message, other.message ?? other.children[0]?.message]
  return (a?.sentAt ?? 0) - (b?.sentAt ?? 0) || (a?.uid ?? 0) - (b?.uid ?? 0)
}

/** "(2)(3 6 (4 23)(44 7 96))". Without recursion: threads may be deep. @param numberOf what the client calls it */
export function formatThreads(roots: readonly ThreadNode[], numberOf: (uid: number) => number): string {
  const text: string[] = []
  const open: (ThreadNode | string)[] = []
  const pushBranches = (nodes: readonly ThreadNode[]) => {
    for (const node of nodes.toReversed()) open.push(')', node, '(')
  }
  pushBranches(roots)
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') {
      text.push(next)
      continue
    }
    const { message, children } = next
    if (message !== null) text.push(String(numberOf(message.uid)))
    if (message !== null && children.length > 0) text.push(' ')
    if (children.length === 1 && message !== null) open.push(children[0] as ThreadNode)
    else pushBranches(children)
  }
  return text.join('')
}
