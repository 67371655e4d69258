/**
 * THREAD=REFERENCES (RFC 5256 §3): by Message-ID, References and In-Reply-To, then by subject.
 *
 * Guarantees: no loops, whatever the references say; a chain of more than MAX_DEPTH goes on as a new thread, so that the
 * work for each message is bounded.
 */
import { byDate, nodeFor, type ThreadedMessage, type ThreadNode } from './thread.ts'

const MAX_DEPTH = 1_000

function isReachable(from: ThreadNode, wanted: ThreadNode): boolean {
  let node: ThreadNode | null = from
  for (let steps = 0; node !== null; steps += 1) {
    if (node === wanted || steps > MAX_DEPTH) return true
    node = node.parent
  }
  return false
}

/** Unless that would be a loop. Only the child notes it: see {@link hangUp}. */
function link(parent: ThreadNode, child: ThreadNode): void {
  if (!isReachable(parent, child)) child.parent = parent
}

/** Step 1: a node for each message and for each that is only mentioned. */
function linkAll(messages: readonly ThreadedMessage[]): ThreadNode[] {
  const byId = new Map<string, ThreadNode>()
  const all: ThreadNode[] = []
  const added = (node: ThreadNode): ThreadNode => {
    all.push(node)
    return node
  }
  const known = (id: string): ThreadNode => {
    const node = byId.get(id) ?? added(nodeFor(null))
    byId.set(id, node)
    return node
  }
  for (const message of messages) {
    const ancestors = message.references.map(known)
    for (const [index, child] of ancestors.entries()) {
      const parent = ancestors[index - 1]
      if (parent !== undefined && child.parent === null) link(parent, child)
    }
    const named = message.messageId === null ? null : known(message.messageId)
    // Two messages with one Message-ID: the second stands for itself.
    const node = named === null || named.message !== null ? added(nodeFor(null)) : named
    node.message = message
    node.parent = null
    const parent = ancestors.at(-1)
    if (parent !== undefined) link(parent, node)
  }
  return all
}

/** Step 2. @returns all nodes, each before those below it */
function hangUp(all: readonly ThreadNode[]): ThreadNode[] {
  for (const node of all) node.parent?.children.push(node)
  return fromTheTop(all.filter(({ parent }) => parent === null))
}

function fromTheTop(roots: readonly ThreadNode[]): ThreadNode[] {
  const ordered: ThreadNode[] = []
  const open = [...roots]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    ordered.push(node)
    for (const child of node.children) open.push(child)
  }
  return ordered
}

/** Step 3: of the missing ones only those stay that hold several threads together, at the top. @returns the roots */
function prune(all: readonly ThreadNode[]): ThreadNode[] {
  const standsFor = new Map<ThreadNode, ThreadNode[]>()
  for (const node of all.toReversed()) {
    const children = node.children.flatMap((child) => standsFor.get(child) ?? [])
    const stays = node.message !== null || (node.parent === null && children.length > 1)
    if (stays) node.children = children
    standsFor.set(node, stays ? [node] : children)
  }
  return all.filter(({ parent }) => parent === null).flatMap((root) => standsFor.get(root) ?? [])
}

const subjectOf = (node: ThreadNode) => (node.message ?? node.children[0]?.message)?.subject ?? ''
const isReply = (node: ThreadNode) => (node.message ?? node.children[0]?.message)?.isReply ?? false

/** Step 5 (B): which root stands for a subject: a missing one before any, an original before an answer. */
function subjectTable(roots: readonly ThreadNode[]): Map<string, ThreadNode> {
  const table = new Map<string, ThreadNode>()
  for (const root of roots) {
    const subject = subjectOf(root)
    const holder = table.get(subject)
    const isBetter =
      holder === undefined ||
      (holder.message !== null && (root.message === null || (isReply(holder) && !isReply(root))))
    if (subject !== '' && isBetter) table.set(subject, root)
  }
  return table
}

/** Step 5 (C). @returns the roots that are left */
function mergeBySubject(roots: readonly ThreadNode[]): ThreadNode[] {
  const table = subjectTable(roots)
  const left = new Set(roots)
  for (const root of roots) {
    const holder = table.get(subjectOf(root))
    if (holder === undefined || holder === root) continue
    left.delete(root)
    if (holder.message === null) holder.children.push(...(root.message === null ? root.children : [root]))
    else if (isReply(root) && !isReply(holder)) holder.children.push(root)
    else {
      const dummy = nodeFor(null)
      dummy.children.push(holder, root)
      left.delete(holder)
      left.add(dummy)
      table.set(subjectOf(root), dummy)
    }
  }
  return [...left]
}

/** Every level, those below first: a missing message has the date of its first child. */
function sortAll(roots: ThreadNode[]): ThreadNode[] {
  for (const node of fromTheTop(roots).toReversed()) node.children.sort(byDate)
  return roots.sort(byDate)
}

export function threadByReferences(messages: readonly ThreadedMessage[]): ThreadNode[] {
  return sortAll(mergeBySubject(sortAll(prune(hangUp(linkAll(messages))))))
}
