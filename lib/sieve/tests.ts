/** The tests of RFC 5228 §5 and of the extensions: is it so for this message? */
import { addressPart } from './address-parts.ts'
import { bodyValues } from './body-values.ts'
import { type CheckedNode, numberTag, numberValue } from './checked-script.ts'
import { datePart, isDatePart, parseDate, parseZone, type ZonedDate } from './date-parts.ts'
import { SieveFault } from './fault.ts'
import { normaliseFlags } from './flags.ts'
import { parseMailto } from './mailto.ts'
import { matchAny, matchingOf } from './matching.ts'
import type { HeaderField } from './message-view.ts'
import type { RunState } from './run-state.ts'

type Test = (node: CheckedNode, run: RunState) => boolean

export function holdsTest(node: CheckedNode, run: RunState): boolean {
  run.budget.charge(1, node.position)
  const test = Object.hasOwn(tests, node.name) ? tests[node.name] : undefined
  if (test === undefined) throw new SieveFault('unknownTest', node.position, node.name)
  return test(node, run)
}

/** The keys are the last value of every test that compares. */
function compare(node: CheckedNode, run: RunState, values: readonly string[], captures = true): boolean {
  const matching = matchingOf(node)
  const keys = run.texts(node, node.values.length - 1)
  const taken = matchAny(matching, values, keys, node, run)
  const sets = captures && (matching.type === 'matches' || matching.type === 'regex')
  if (taken && sets && run.usesVariables) run.variables.capture(taken)
  return taken !== null
}

/** RFC 5260 §6: with :index only the field of that number, counted from the end with :last. */
export function fieldsNamed(node: CheckedNode, run: RunState, name: string): readonly HeaderField[] {
  const wanted = name.toLowerCase()
  run.budget.charge(1 + run.header.length / 50, node.position)
  const fields = run.header.filter((field) => field.key === wanted)
  const index = numberTag(node, 'index')
  if (index === null) return fields
  const field = node.tags.has('last') ? fields.at(-index) : fields[index - 1]
  return field ? [field] : []
}

const headerFields = (node: CheckedNode, run: RunState) =>
  run.texts(node, 0).flatMap((name) => fieldsNamed(node, run, name))

function partsOf(addresses: readonly string[], node: CheckedNode): string[] {
  return addresses.flatMap((address) => addressPart(address, node) ?? [])
}

const address: Test = (node, run) => {
  const addresses = headerFields(node, run).flatMap(({ raw }) => {
    run.budget.charge(raw.length / 200, node.position)
    return run.message.addressesIn(raw)
  })
  return compare(node, run, partsOf(addresses, node))
}

const envelope: Test = (node, run) => {
  const { from, to, auth } = run.surroundings.envelope
  const values: Readonly<Record<string, string | null>> = { from, to, auth }
  const addresses = run.texts(node, 0).flatMap((part) => values[part.toLowerCase()] ?? [])
  return compare(node, run, partsOf(addresses, node))
}

function zoneFor(node: CheckedNode, run: RunState, original: number): number {
  if (node.tags.has('originalzone')) return original
  const zone = run.tagText(node, 'zone')
  return (zone === null ? null : parseZone(zone)) ?? run.surroundings.zoneMinutes
}

function comparePart(node: CheckedNode, run: RunState, date: ZonedDate | null, partIndex: number): boolean {
  const part = run.text(node, partIndex).toLowerCase()
  if (date === null || !isDatePart(part)) return compare(node, run, [])
  return compare(node, run, [datePart({ at: date.at, zoneMinutes: zoneFor(node, run, date.zoneMinutes) }, part)])
}

const date: Test = (node, run) => {
  const [field] = headerFields(node, run)
  return comparePart(node, run, field ? parseDate(field.value) : null, 1)
}

const currentdate: Test = (node, run) => {
  const { now, zoneMinutes } = run.surroundings
  return comparePart(node, run, { at: now.getTime(), zoneMinutes }, 0)
}

const string: Test = (node, run) => {
  const values = run.texts(node, 0)
  // RFC 5229 §5: empty texts do not count.
  return compare(node, run, node.tags.has('count') ? values.filter((value) => value !== '') : values)
}

const hasflag: Test = (node, run) => {
  const names = node.values[0] === null ? null : run.texts(node, 0)
  const flags = names === null ? run.flags : normaliseFlags(names.map((name) => run.variables.get(name)))
  return compare(node, run, flags)
}

const body: Test = (node, run) => {
  const values = bodyValues(node, run)
  for (const value of values) run.budget.charge(value.length / 1_024, node.position)
  return compare(node, run, values, false)
}

/** RFC 7352 §3: the mark is set when the message is delivered, so that a failed delivery does not hide the next try. */
const duplicate: Test = (node, run) => {
  const { name, value } = duplicateId(node, run)
  if (value === '') return false
  const key = JSON.stringify([run.tagText(node, 'handle') ?? '', name, value])
  const seconds = numberTag(node, 'seconds') ?? DUPLICATE_SECONDS
  const isKnown = run.surroundings.wasSeen(key)
  if (!isKnown || node.tags.has('last')) run.seen.push({ key, seconds: Math.min(seconds, MAX_DUPLICATE_SECONDS) })
  return isKnown
}

const DUPLICATE_SECONDS = 604_800
const MAX_DUPLICATE_SECONDS = 2_592_000

function duplicateId(node: CheckedNode, run: RunState): { name: string; value: string } {
  const uniqueId = run.tagText(node, 'uniqueid')
  if (uniqueId !== null) return { name: '', value: uniqueId }
  const name = run.tagText(node, 'header') ?? 'message-id'
  return { name: 'header', value: fieldsNamed(node, run, name)[0]?.value ?? '' }
}

const capability: Test = (node, run) => {
  const isKnown = parseMailto(run.text(node, 0)) !== null && run.text(node, 1).toLowerCase() === 'online'
  return isKnown && compare(node, run, ['maybe'])
}

const spamtest: Test = (node, run) => {
  const { spamLevel } = run.surroundings
  if (!node.tags.has('percent')) return compareLevel(node, run, spamLevel)
  return compareLevel(node, run, spamLevel === 0 ? 0 : Math.round(((spamLevel - 1) * 100) / 9))
}

/** RFC 5235 §2: "count" looks whether there was a test at all. */
function compareLevel(node: CheckedNode, run: RunState, level: number): boolean {
  return compare(node, run, node.tags.has('count') && level === 0 ? [] : [String(level)])
}

const tests: Readonly<Record<string, Test>> = {
  true: () => true,
  false: () => false,
  not: (node, run) => !node.tests.some((test) => holdsTest(test, run)),
  allof: (node, run) => node.tests.every((test) => holdsTest(test, run)),
  anyof: (node, run) => node.tests.some((test) => holdsTest(test, run)),
  exists: (node, run) => run.texts(node, 0).every((name) => fieldsNamed(node, run, name).length > 0),
  size: (node, run) => {
    const limit = numberValue(node, 0)
    return node.tags.has('over') ? run.message.sizeBytes > limit : run.message.sizeBytes < limit
  },
  header: (node, run) =>
    compare(
      node,
      run,
      headerFields(node, run).map(({ value }) => value),
    ),
  address,
  envelope,
  date,
  currentdate,
  string,
  hasflag,
  body,
  duplicate,
  spamtest,
  virustest: (node, run) => compareLevel(node, run, run.surroundings.virusLevel),
  environment: (node, run) => {
    const value = run.surroundings.environment[run.text(node, 0).toLowerCase()]
    return value !== undefined && compare(node, run, [value])
  },
  mailboxexists: (node, run) => run.texts(node, 0).every((name) => hasFolder(run, name)),
  specialuse_exists: (node, run) => {
    const folder = node.values[0] === null ? null : run.text(node, 0)
    return run
      .texts(node, 1)
      .every((use) =>
        run.surroundings.folders.some(
          ({ name, specialUse }) =>
            specialUse?.toLowerCase() === use.toLowerCase() && (folder === null || name === folder),
        ),
      )
  },
  valid_notify_method: (node, run) => run.texts(node, 0).every((method) => parseMailto(method) !== null),
  notify_method_capability: capability,
}

function hasFolder(run: RunState, name: string): boolean {
  const wanted = name.toUpperCase() === 'INBOX' ? 'INBOX' : name
  return run.surroundings.folders.some((folder) => folder.name === wanted)
}
