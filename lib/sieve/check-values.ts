/** What can be said about the values of a script before it runs. A text with variables in it is judged when it runs. */
import { parseMailAddress } from '#lib/mail/mail-address.ts'
import type { PlacedArguments } from './check-arguments.ts'
import { DEFAULT_COMPARATOR, findComparator } from './comparators.ts'
import { isDatePart, parseZone } from './date-parts.ts'
import { type Extension, isExtension } from './extensions.ts'
import { type FaultCode, type Position, SieveFault } from './fault.ts'
import { parseMailto } from './mailto.ts'
import type { Argument, Node, Text } from './parser.ts'
import { compileRegex } from './regex.ts'
import { isVariableName } from './variables.ts'

type Checking = {
  readonly node: Node
  readonly placed: PlacedArguments
  readonly known: ReadonlySet<Extension>
}

export const HEADER_NAME = /^[\x21-\x39\x3b-\x7e]{1,256}$/
const RELATIONS = ['gt', 'ge', 'lt', 'le', 'eq', 'ne']
const ENVELOPE_PARTS = ['from', 'to', 'auth']
/** Which value of a test holds the patterns: the last one. */
const testsWithHeaderNames = ['header', 'address', 'exists', 'date', 'addheader', 'deleteheader']

const textsOf = (argument: Argument | null | undefined): readonly Text[] =>
  argument?.kind === 'strings' ? argument.items : []

function isOpen(text: string, known: ReadonlySet<Extension>): boolean {
  return known.has('variables') && text.includes('${')
}

/** Every constant text of `argument` must pass `isValid`. */
function demand(
  { known }: Checking,
  argument: Argument | null | undefined,
  code: FaultCode,
  isValid: (text: string) => boolean,
): void {
  for (const { text, position } of textsOf(argument)) {
    if (!isOpen(text, known) && !isValid(text)) throw new SieveFault(code, position, text.slice(0, 80))
  }
}

export function isAddress(text: string): boolean {
  return parseMailAddress(text.replace(/^<(.*)>$/s, '$1')) !== null
}

export function checkValues(checking: Checking): void {
  const { node, placed } = checking
  checkComparison(checking)
  if (testsWithHeaderNames.includes(node.name)) {
    demand(checking, placed.values[0], 'headerNameNotValid', (name) => HEADER_NAME.test(name))
  }
  if (
    placed.tags.has('last') &&
    placed.tags.has('index') === false &&
    testsWithHeaderNames.includes(node.name) &&
    node.name !== 'addheader'
  ) {
    throw new SieveFault('tagNeeded', node.position, ':index')
  }
  const index = placed.tags.get('index')
  if (index?.kind === 'number' && index.value === 0) throw new SieveFault('valueNotAllowed', index.position, '0')
  byName[node.name]?.(checking)
}

function checkComparison(checking: Checking): void {
  const { placed, known, node } = checking
  const [named] = textsOf(placed.tags.get('comparator'))
  const name = named?.text ?? DEFAULT_COMPARATOR
  const position = named?.position ?? node.position
  const comparator = findComparator(name)
  if (comparator === null) throw new SieveFault('comparatorUnknown', position, name)
  const extension = `comparator-${name}`
  const isBuiltIn = name === 'i;octet' || name === DEFAULT_COMPARATOR
  if (!isBuiltIn && isExtension(extension) && !known.has(extension)) {
    throw new SieveFault('extensionMissing', position, extension)
  }
  const looksInside = ['contains', 'matches', 'regex'].some((tag) => placed.tags.has(tag))
  if (looksInside && !comparator.hasSubstrings) throw new SieveFault('comparatorUnfit', position, name)
  for (const tag of ['count', 'value']) {
    demand(checking, placed.tags.get(tag), 'valueNotAllowed', (relation) => RELATIONS.includes(relation))
  }
  if (!placed.tags.has('regex')) return
  demand(checking, placed.values.at(-1), 'regexNotValid', (text) => compileRegex(text, comparator.ignoresCase) !== null)
}

const needsOne = (node: Node, placed: PlacedArguments, ...tags: string[]) => {
  if (!tags.some((tag) => placed.tags.has(tag)))
    throw new SieveFault('tagNeeded', node.position, `:${tags.join(', :')}`)
}

function checkNames(argument: Argument | null | undefined): void {
  for (const { text, position } of textsOf(argument)) {
    if (!isVariableName(text)) throw new SieveFault('variableNameNotValid', position, text.slice(0, 80))
  }
}

function checkZone(checking: Checking): void {
  demand(checking, checking.placed.tags.get('zone'), 'valueNotAllowed', (zone) => parseZone(zone) !== null)
}

const isDatePartName = (name: string) => isDatePart(name.toLowerCase())
const isNotEmpty = (text: string) => text.trim() !== ''
/** A script's name is one of a list that people read: no control characters, no paths. */
const isScriptName = (text: string) => isNotEmpty(text) && !/[\x00-\x1f\x7f/]/.test(text)

const byName: Readonly<Record<string, (checking: Checking) => void>> = {
  size: ({ node, placed }) => needsOne(node, placed, 'over', 'under'),
  redirect: (checking) => demand(checking, checking.placed.values[0], 'addressNotValid', isAddress),
  fileinto: (checking) => {
    demand(checking, checking.placed.values[0], 'folderNameNotValid', isNotEmpty)
    demand(checking, checking.placed.tags.get('specialuse'), 'valueNotAllowed', (use) => use.startsWith('\\'))
  },
  envelope: (checking) =>
    demand(checking, checking.placed.values[0], 'valueNotAllowed', (part) =>
      ENVELOPE_PARTS.includes(part.toLowerCase()),
    ),
  set: ({ placed }) => checkNames(placed.values[0]),
  global: ({ placed }) => checkNames(placed.values[0]),
  setflag: ({ placed }) => checkNames(placed.values[0]),
  addflag: ({ placed }) => checkNames(placed.values[0]),
  removeflag: ({ placed }) => checkNames(placed.values[0]),
  hasflag: ({ placed }) => checkNames(placed.values[0]),
  vacation: (checking) => demand(checking, checking.placed.tags.get('from'), 'addressNotValid', isAddress),
  include: (checking) => demand(checking, checking.placed.values[0], 'valueNotAllowed', isScriptName),
  date: (checking) => {
    checkZone(checking)
    demand(checking, checking.placed.values[1], 'valueNotAllowed', isDatePartName)
  },
  currentdate: (checking) => {
    checkZone(checking)
    demand(checking, checking.placed.values[0], 'valueNotAllowed', isDatePartName)
  },
  notify: (checking) => {
    demand(checking, checking.placed.values[0], 'valueNotAllowed', (method) => parseMailto(method) !== null)
    demand(checking, checking.placed.tags.get('importance'), 'valueNotAllowed', (level) => /^[123]$/.test(level))
    demand(checking, checking.placed.tags.get('from'), 'addressNotValid', isAddress)
  },
}

/** The variables that a script names by itself; RFC 5229 §6 lets a server bound them. */
export function namesSet(node: Node): readonly { readonly name: string; readonly position: Position }[] {
  if (node.name !== 'set' && node.name !== 'global') return []
  const [first] = node.arguments.filter(({ kind }) => kind !== 'tag')
  return textsOf(first).map(({ text, position }) => ({ name: text.toLowerCase(), position }))
}
