/**
 * addheader and deleteheader (RFC 5293). Tests and actions after them see the header as it then is.
 *
 * Refuses: line breaks and other controls in a value (they would begin a field of the writer's choice), fields that
 * tell a loop or who answered; a value that is too long.
 */

import { HEADER_NAME } from './check-values.ts'
import { type CheckedNode, numberTag, stringsValue } from './checked-script.ts'
import { SieveFault } from './fault.ts'
import { MAX_ADDED_FIELD_CHARACTERS, MAX_HEADER_FIELDS_CHANGED } from './limits.ts'
import { matchAny, matchingOf } from './matching.ts'
import type { HeaderField } from './message-view.ts'
import type { RunState } from './run-state.ts'

/** RFC 5293 §6, and what keeps a message from going round. */
const protectedNames = ['received', 'auto-submitted', 'return-path', 'delivered-to', 'x-forwarded-by']

export function addHeader(node: CheckedNode, run: RunState): void {
  const name = run.text(node, 0)
  const value = run
    .text(node, 1)
    .replaceAll(/[\x00-\x1f\x7f\u0085\u2028\u2029]+/g, ' ')
    .trim()
  if (!HEADER_NAME.test(name)) throw new SieveFault('headerNameNotValid', node.position, name.slice(0, 80))
  const isTooMuch = value.length > MAX_ADDED_FIELD_CHARACTERS || run.header.length > MAX_HEADER_FIELDS_CHANGED
  if (isTooMuch) throw new SieveFault('headerTooLarge', node.position)
  if (protectedNames.includes(name.toLowerCase())) return
  run.budget.charge(1 + run.header.length / 500, node.position)
  const field: HeaderField = { name, key: name.toLowerCase(), value, raw: value, origin: null }
  run.header = node.tags.has('last') ? [...run.header, field] : [field, ...run.header]
  run.isEdited = true
}

export function deleteHeader(node: CheckedNode, run: RunState): void {
  const name = run.text(node, 0).toLowerCase()
  if (protectedNames.includes(name)) return
  const doomed = new Set(fieldsToDelete(node, run, name))
  if (doomed.size === 0) return
  run.header = run.header.filter((field) => !doomed.has(field))
  run.isEdited = true
}

function fieldsToDelete(node: CheckedNode, run: RunState, name: string): HeaderField[] {
  run.budget.charge(1 + run.header.length / 50, node.position)
  const named = run.header.filter((field) => field.key === name)
  const index = numberTag(node, 'index')
  const at = index === null ? undefined : node.tags.has('last') ? named.at(-index) : named[index - 1]
  const chosen = index === null ? named : at ? [at] : []
  if (stringsValue(node, 1).length === 0) return chosen
  const patterns = run.texts(node, 1)
  const matching = matchingOf(node)
  if (matching.type === 'count') {
    const values = chosen.map(({ value }) => value)
    return matchAny(matching, values, patterns, node, run) === null ? [] : chosen
  }
  return chosen.filter(({ value }) => matchAny(matching, [value], patterns, node, run) !== null)
}
