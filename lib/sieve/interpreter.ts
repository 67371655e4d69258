/**
 * Runs a checked script for one message (RFC 5228 §2.10, §4). Pure: it decides and does nothing.
 *
 * Guarantees: it ends, within steps and CPU time; whatever goes wrong, the outcome then is to keep the message and the
 * fault to show, never a lost message.
 */

import { isAddress } from './check-values.ts'
import { type CheckedNode, type CheckedScript, numberTag } from './checked-script.ts'
import { SieveFault } from './fault.ts'
import { normaliseFlags } from './flags.ts'
import { addHeader, deleteHeader } from './header-edits.ts'
import { MAX_INCLUDE_DEPTH } from './limits.ts'
import { parseMailto } from './mailto.ts'
import type { MessageView } from './message-view.ts'
import type { Action, Outcome } from './outcome.ts'
import { RunState, type Surroundings } from './run-state.ts'
import { holdsTest } from './tests.ts'
import { modify, Variables } from './variables.ts'

type Next = 'continue' | 'return' | 'stop'
type Command = (node: CheckedNode, run: RunState, depth: number) => Next | undefined

export function runScript(script: CheckedScript, message: MessageView, surroundings: Surroundings): Outcome {
  const run = new RunState(script, message, surroundings)
  try {
    runCommands(script.commands, run, 0)
    const { actions, keepsImplicitly } = run.list
    const keep: Action = { kind: 'keep', flags: run.flags, isImplicit: true, header: run.editedHeader() }
    const hasKeep = actions.some(({ kind }) => kind === 'keep')
    return { actions: keepsImplicitly && !hasKeep ? [...actions, keep] : actions, fault: null, seen: run.seen }
  } catch (error) {
    if (!(error instanceof SieveFault)) throw error
    return { actions: [{ kind: 'keep', flags: [], isImplicit: true, header: null }], fault: error.fault, seen: [] }
  }
}

function runCommands(nodes: readonly CheckedNode[], run: RunState, depth: number): Next {
  let isBranchTaken = false
  for (const node of nodes) {
    run.budget.charge(1, node.position)
    const isBranch = node.name === 'if' || node.name === 'elsif' || node.name === 'else'
    if (isBranch) {
      if (node.name === 'if') isBranchTaken = false
      if (isBranchTaken || !node.tests.every((test) => holdsTest(test, run))) continue
      isBranchTaken = true
    }
    const next = isBranch ? runCommands(node.block, run, depth) : runCommand(node, run, depth)
    if (next !== 'continue') return next
  }
  return 'continue'
}

function runCommand(node: CheckedNode, run: RunState, depth: number): Next {
  const command = Object.hasOwn(commands, node.name) ? commands[node.name] : undefined
  if (command === undefined) throw new SieveFault('unknownCommand', node.position, node.name)
  return command(node, run, depth) ?? 'continue'
}

const flagsOf = (node: CheckedNode, run: RunState): readonly string[] => {
  const named = run.tagTexts(node, 'flags')
  return named === null ? run.flags : normaliseFlags(named)
}

const keep: Command = (node, run) => {
  run.list.add(
    { kind: 'keep', flags: flagsOf(node, run), isImplicit: false, header: run.editedHeader() },
    node.position,
  )
  run.list.keepsImplicitly = false
}

const fileinto: Command = (node, run) => {
  const folder = run.text(node, 0)
  if (folder.trim() === '') throw new SieveFault('folderNameNotValid', node.position, folder)
  const [specialUse = null] = run.tagTexts(node, 'specialuse') ?? []
  const create = node.tags.has('create')
  const flags = flagsOf(node, run)
  const action: Action = { kind: 'fileinto', folder, create, specialUse, flags, header: run.editedHeader() }
  run.list.add(action, node.position)
  if (!node.tags.has('copy')) run.list.keepsImplicitly = false
}

const redirect: Command = (node, run) => {
  const address = run.text(node, 0).replace(/^<(.*)>$/s, '$1')
  if (!isAddress(address)) throw new SieveFault('addressNotValid', node.position, address.slice(0, 80))
  run.list.add({ kind: 'redirect', address, header: run.editedHeader() }, node.position)
  if (!node.tags.has('copy')) run.list.keepsImplicitly = false
}

const refuse =
  (kind: 'reject' | 'ereject'): Command =>
  (node, run) => {
    run.list.add({ kind, reason: run.text(node, 0) }, node.position)
    run.list.keepsImplicitly = false
  }

const discard: Command = (node, run) => {
  run.list.add({ kind: 'discard' }, node.position)
  run.list.keepsImplicitly = false
}

const DAY_SECONDS = 86_400
const DEFAULT_PERIOD_DAYS = 7
const MAX_PERIOD_DAYS = 90

/** RFC 5230 §4.1: at least a day; RFC 6131 §2: seconds may be fewer, 0 answers every message. */
function periodSeconds(node: CheckedNode): number {
  const seconds = numberTag(node, 'seconds')
  if (seconds !== null) return Math.min(seconds, MAX_PERIOD_DAYS * DAY_SECONDS)
  const days = numberTag(node, 'days') ?? DEFAULT_PERIOD_DAYS
  return Math.min(Math.max(days, 1), MAX_PERIOD_DAYS) * DAY_SECONDS
}

const vacation: Command = (node, run) => {
  const reason = run.text(node, 0)
  const subject = run.tagText(node, 'subject')
  const from = run.tagText(node, 'from')
  const isMime = node.tags.has('mime')
  // RFC 5230 §4.2: the same answer is the same one, whatever place in the script it has.
  const handle = run.tagText(node, 'handle') ?? JSON.stringify([reason, subject, from, isMime])
  const addresses = run.tagTexts(node, 'addresses') ?? []
  const answer = { periodSeconds: periodSeconds(node), subject, from, addresses, isMime, handle, reason }
  run.list.add({ kind: 'vacation', vacation: answer }, node.position)
}

const notify: Command = (node, run) => {
  const method = parseMailto(run.text(node, 0))
  if (method === null) throw new SieveFault('valueNotAllowed', node.position, run.text(node, 0).slice(0, 80))
  const importance = run.tagText(node, 'importance')
  const subject = fieldValue(run, 'subject')
  const notification = {
    recipients: method.recipients,
    from: run.tagText(node, 'from'),
    importance: importance === '1' || importance === '3' ? importance : '2',
    message: run.tagText(node, 'message') ?? method.subject ?? subject,
    body: method.body,
  } as const
  run.list.add({ kind: 'notify', notification }, node.position)
}

function fieldValue(run: RunState, name: string): string {
  return run.header.find((field) => field.key === name)?.value ?? ''
}

const changeFlags =
  (change: (current: readonly string[], named: readonly string[]) => readonly string[]): Command =>
  (node, run) => {
    const variable = node.values[0] === null ? null : run.text(node, 0)
    const named = normaliseFlags(run.texts(node, 1))
    const current = variable === null ? run.flags : normaliseFlags([run.variables.get(variable)])
    const changed = normaliseFlags(change(current, named))
    if (variable === null) run.flags = changed
    else run.variables.set(variable, changed.join(' '))
  }

function withoutFlags(current: readonly string[], named: readonly string[]): readonly string[] {
  const gone = new Set(named.map((flag) => flag.toLowerCase()))
  return current.filter((flag) => !gone.has(flag.toLowerCase()))
}

const set: Command = (node, run) => {
  run.variables.set(run.text(node, 0), modify(run.text(node, 1), node.tags))
}

const global: Command = (node, run) => {
  for (const name of run.texts(node, 0)) run.variables.share(name)
}

/** RFC 6609 §3.2. An included script has variables of its own; what it decides counts for the whole run. */
const include: Command = (node, run, depth) => {
  const name = run.text(node, 0)
  if (node.tags.has('once') && run.included.has(name)) return 'continue'
  if (depth >= MAX_INCLUDE_DEPTH) throw new SieveFault('includeRecursive', node.position, name.slice(0, 80))
  const script = node.tags.has('global') ? null : run.surroundings.includable(name)
  if (script === null && node.tags.has('optional')) return 'continue'
  if (script === null) throw new SieveFault('includeMissing', node.position, name.slice(0, 80))
  run.included.add(name)
  const { variables, usesVariables } = run
  run.variables = new Variables(run.shared)
  run.usesVariables = script.extensions.has('variables')
  const next = runCommands(script.commands, run, depth + 1)
  run.variables = variables
  run.usesVariables = usesVariables
  return next === 'stop' ? 'stop' : 'continue'
}

const commands: Readonly<Record<string, Command>> = {
  keep,
  fileinto,
  redirect,
  discard,
  reject: refuse('reject'),
  ereject: refuse('ereject'),
  vacation,
  notify,
  setflag: changeFlags((_, named) => named),
  addflag: changeFlags((current, named) => [...current, ...named]),
  removeflag: changeFlags(withoutFlags),
  set,
  global,
  include,
  stop: () => 'stop',
  return: () => 'return',
  addheader: (node, run) => {
    addHeader(node, run)
    return 'continue'
  },
  deleteheader: (node, run) => {
    deleteHeader(node, run)
    return 'continue'
  },
}
