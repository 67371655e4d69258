/**
 * What SEARCH, SORT and THREAD have in common: the options of RETURN (RFC 9051 §6.4.4, ESEARCH of RFC 4731, SAVE of
 * RFC 5182), the criteria, and the search itself.
 */
import type { Match } from '../store/search.ts'
import type { SearchKey } from '../store/search-key.ts'
import { intersectRanges, normaliseRanges, type UidRange } from '../store/uid-range.ts'
import { uidsAmongSequence, uidsByUid } from './message-sets.ts'
import { no, type Reply } from './reply.ts'
import type { SelectedSession } from './session.ts'
import { readSearchProgram, type SetResolver } from './wire/search-program.ts'
import { formatSet } from './wire/sequence-set.ts'
import { type ArgumentReader, BadSyntax } from './wire/syntax.ts'

export type ReturnOption = 'MIN' | 'MAX' | 'ALL' | 'COUNT' | 'SAVE'
export type ReturnOptions = ReadonlySet<ReturnOption>

const returnOptions: readonly ReturnOption[] = ['MIN', 'MAX', 'ALL', 'COUNT', 'SAVE']

export const charsetRefusal: Reply = no('This charset is not known', 'BADCHARSET (UTF-8 US-ASCII ISO-2022-JP)')

/** @returns null when there is no RETURN */
export function readReturn(args: ArgumentReader): ReturnOptions | null {
  if (args.peekWord() !== 'RETURN') return null
  args.word()
  args.space()
  const options = args.list(() => {
    const word = args.word()
    const option = returnOptions.find((each) => each === word)
    if (option === undefined) throw new BadSyntax('There is no such option')
    return option
  })
  args.space()
  return new Set(options.length === 0 ? ['ALL'] : options)
}

function resolverFor({ folder }: SelectedSession): SetResolver {
  return {
    sequenceNumbers: (set) => uidsAmongSequence(folder, set),
    uids: (set) => uidsByUid(folder, set),
    recentUids: () => folder.recentUids,
  }
}

/** @param charset where the command has it in a place of its own @throws UnknownCharset */
export function readCriteria(session: SelectedSession, args: ArgumentReader, charset: string | null): SearchKey {
  // RFC 6855 §3: everything is UTF-8 then, and to say so is a mistake.
  if (session.enabled.utf8Accept && args.peekWord() === 'CHARSET') throw new BadSyntax('CHARSET has no place here now')
  const criteria = readSearchProgram(args, resolverFor(session), charset)
  args.end()
  return criteria
}

/** Sets at the top level say where to look; there is no need to look elsewhere. */
function narrow(key: SearchKey, known: readonly UidRange[]): { key: SearchKey; uids: readonly UidRange[] } {
  const keys = key.kind === 'and' ? key.keys : [key]
  let uids = known
  const rest: SearchKey[] = []
  for (const each of keys) {
    if (each.kind === 'uids') uids = intersectRanges(uids, each.ranges)
    else rest.push(each)
  }
  return { uids, key: rest.length === 1 ? (rest[0] as SearchKey) : { kind: 'and', keys: rest } }
}

/** Only messages that the client has been told of. */
export function find({ folder, store }: SelectedSession, criteria: SearchKey): Promise<Match[]> {
  const { key, uids } = narrow(criteria, folder.messages.uids)
  return store.search(folder.id, uids, key)
}

/** RFC 5182 §2.4: MIN and MAX alone are all that is saved. @param found in the order of the answer */
export function save({ folder }: SelectedSession, options: ReturnOptions, found: readonly Match[]): void {
  const isWhole = options.has('ALL') || options.has('COUNT') || !(options.has('MIN') || options.has('MAX'))
  const first = options.has('MIN') ? found.slice(0, 1) : []
  const last = options.has('MAX') ? found.slice(-1) : []
  folder.save(normaliseRanges((isWhole ? found : [...first, ...last]).map(({ uid }) => ({ first: uid, last: uid }))))
}

/** The modseq of RFC 7162 §3.1.10: of all results, or of the ones that MIN or MAX alone asked for. */
export function modseqOf(found: readonly Match[], options: ReturnOptions | null): number {
  const isWhole = options === null || options.has('ALL') || options.has('COUNT')
  const first = options?.has('MIN') ? found.slice(0, 1) : []
  const last = options?.has('MAX') ? found.slice(-1) : []
  return (isWhole ? found : [...first, ...last]).reduce((highest, { modseq }) => Math.max(highest, modseq), 0)
}

export function numbersOf({ folder }: SelectedSession, found: readonly Match[], isUid: boolean): number[] {
  return found.flatMap(({ uid }) => (isUid ? uid : (folder.messages.sequenceOf(uid) ?? [])))
}

type Extended = {
  readonly numbers: readonly number[]
  readonly options: ReturnOptions
  readonly isUid: boolean
  readonly modseq: number | null
}

/** "* ESEARCH (TAG "a") UID COUNT 5"; nothing when SAVE was all that was asked for. */
export function tellExtended(session: SelectedSession, { numbers, options, isUid, modseq }: Extended): void {
  if (options.size === 1 && options.has('SAVE')) return
  const parts = [`ESEARCH (TAG "${session.tag}")`]
  if (isUid) parts.push('UID')
  if (options.has('MIN') && numbers.length > 0) parts.push(`MIN ${numbers[0]}`)
  if (options.has('MAX') && numbers.length > 0) parts.push(`MAX ${numbers.at(-1)}`)
  if (options.has('ALL') && numbers.length > 0) parts.push(`ALL ${formatSet(numbers)}`)
  if (options.has('COUNT')) parts.push(`COUNT ${numbers.length}`)
  if (modseq !== null) parts.push(`MODSEQ ${modseq}`)
  session.untagged(parts.join(' '))
}
