/** Match types (RFC 5228 §2.7, RFC 5231, draft-ietf-sieve-regex) of values against the keys of a test. */
import type { Budget } from './budget.ts'
import { type CheckedNode, stringsTag } from './checked-script.ts'
import { type Comparator, DEFAULT_COMPARATOR, findComparator } from './comparators.ts'
import { SieveFault } from './fault.ts'
import type { FoldedTexts } from './folded-texts.ts'
import { matchGlob } from './glob.ts'
import { compileRegex } from './regex.ts'

export type MatchType = 'is' | 'contains' | 'matches' | 'regex' | 'count' | 'value'

export type Matching = {
  readonly type: MatchType
  readonly comparator: Comparator
  readonly relation: string
}

/** Of the run: what matching may cost, and what it need not do again. */
export type MatchingWork = { readonly budget: Budget; readonly folded: FoldedTexts }

/** Characters compared in a microsecond or so. */
const CHARACTERS_PER_STEP = 1_024
const GLOB_WORK_PER_STEP = 500

export function matchingOf(node: CheckedNode): Matching {
  const types: readonly MatchType[] = ['contains', 'matches', 'regex', 'count', 'value']
  const type = types.find((each) => node.tags.has(each)) ?? 'is'
  const [name = DEFAULT_COMPARATOR] = stringsTag(node, 'comparator') ?? []
  const comparator = findComparator(name)
  if (comparator === null) throw new SieveFault('comparatorUnknown', node.position, name)
  return { type, comparator, relation: stringsTag(node, type)?.[0] ?? 'eq' }
}

function holds(relation: string, order: number): boolean {
  switch (relation) {
    case 'gt':
      return order > 0
    case 'ge':
      return order >= 0
    case 'lt':
      return order < 0
    case 'le':
      return order <= 0
    case 'ne':
      return order !== 0
    default:
      return order === 0
  }
}

/** @returns what the wildcards or groups took (nothing for other match types), or null when no value fits a key */
export function matchAny(
  { type, comparator, relation }: Matching,
  values: readonly string[],
  keys: readonly string[],
  node: CheckedNode,
  work: MatchingWork,
): readonly string[] | null {
  const numeric = findComparator('i;ascii-numeric') ?? comparator
  if (type === 'count') {
    return keys.some((key) => holds(relation, numeric.order(String(values.length), key))) ? [] : null
  }
  const tests = keys.map((key) => testFor(type, comparator, relation, key, node, work))
  for (const value of values) {
    for (const test of tests) {
      const taken = test(value)
      if (taken) return taken
    }
  }
  return null
}

type Test = (value: string) => readonly string[] | null

function testFor(
  type: Exclude<MatchType, 'count'>,
  comparator: Comparator,
  relation: string,
  key: string,
  node: CheckedNode,
  { budget, folded: texts }: MatchingWork,
): Test {
  const { order } = comparator
  const fold = (text: string) => texts.fold(comparator, text)
  const cost = (value: string) => budget.charge(1 + value.length / CHARACTERS_PER_STEP, node.position)
  if (type === 'regex') return regexTest(comparator, key, node, budget)
  const folded = fold(key)
  if (type === 'matches') {
    return (value) => {
      budget.charge(1 + (value.length * key.length) / GLOB_WORK_PER_STEP, node.position)
      return matchGlob(fold(value), value, folded)
    }
  }
  return (value) => {
    cost(value)
    if (type === 'contains') return fold(value).includes(folded) ? [] : null
    return holds(type === 'value' ? relation : 'eq', order(fold(value), folded)) ? [] : null
  }
}

function regexTest({ ignoresCase }: Comparator, key: string, node: CheckedNode, budget: Budget): Test {
  budget.charge(1 + key.length, node.position)
  const regex = compileRegex(key, ignoresCase)
  if (regex === null) throw new SieveFault('regexNotValid', node.position, key.slice(0, 80))
  return (value) => {
    budget.charge(regex.costOf(value), node.position)
    return regex.match(value)
  }
}
