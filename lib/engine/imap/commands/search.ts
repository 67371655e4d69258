/** SEARCH and UID SEARCH (RFC 9051 §6.4.4), answered in the old form or, when RETURN is given, as ESEARCH (RFC 4731). */

import type { Match } from '../../store/search.ts'
import type { SearchKey } from '../../store/search-key.ts'
import { intersectRanges, type UidRange } from '../../store/uid-range.ts'
import type { SelectedCommand } from '../command.ts'
import { uidsBySequence, uidsByUid } from '../message-sets.ts'
import { no, ok, type Reply } from '../reply.ts'
import type { SelectedSession } from '../session.ts'
import { readSearchProgram, type SetResolver, UnknownCharset } from '../wire/search-program.ts'
import { formatSet } from '../wire/sequence-set.ts'
import { type ArgumentReader, BadSyntax } from '../wire/syntax.ts'

const returnOptions = ['MIN', 'MAX', 'ALL', 'COUNT']

/** @returns null when the old answer is wanted */
function readReturn(args: ArgumentReader): string[] | null {
  if (args.peekWord() !== 'RETURN') return null
  args.word()
  args.space()
  const options = args.list(() => args.word())
  if (options.some((option) => !returnOptions.includes(option))) throw new BadSyntax('There is no such option')
  args.space()
  return options.length === 0 ? ['ALL'] : options
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

function mentionsModseq(key: SearchKey): boolean {
  if (key.kind === 'and') return key.keys.some(mentionsModseq)
  if (key.kind === 'or') return mentionsModseq(key.either) || mentionsModseq(key.other)
  return key.kind === 'not' ? mentionsModseq(key.key) : key.kind === 'modseq'
}

function resolverFor({ folder }: SelectedSession): SetResolver {
  return {
    sequenceNumbers: (set) => uidsBySequence(folder, set),
    uids: (set) => uidsByUid(folder, set),
    recentUids: () => folder.recentUids,
  }
}

function extended(tag: string, numbers: readonly number[], options: readonly string[], isUid: boolean): string {
  const parts = [`ESEARCH (TAG "${tag}")`]
  if (isUid) parts.push('UID')
  if (options.includes('MIN') && numbers.length > 0) parts.push(`MIN ${Math.min(...numbers.slice(0, 1))}`)
  if (options.includes('MAX') && numbers.length > 0) parts.push(`MAX ${numbers.at(-1)}`)
  if (options.includes('ALL') && numbers.length > 0) parts.push(`ALL ${formatSet(numbers)}`)
  if (options.includes('COUNT')) parts.push(`COUNT ${numbers.length}`)
  return parts.join(' ')
}

/** The modseq of RFC 7162 §3.1.5 and §3.1.10: of all results, or of the one that MIN or MAX alone asked for. */
function modseqOf(found: readonly Match[], options: readonly string[] | null): number {
  const first = options !== null && options.length === 1 && options[0] === 'MIN' ? found.slice(0, 1) : null
  const last = options !== null && options.length === 1 && options[0] === 'MAX' ? found.slice(-1) : null
  return (first ?? last ?? found).reduce((highest, { modseq }) => Math.max(highest, modseq), 0)
}

async function run(session: SelectedSession, args: ArgumentReader, isUid: boolean): Promise<Reply> {
  args.space()
  const options = readReturn(args)
  let program: SearchKey
  try {
    program = readSearchProgram(args, resolverFor(session))
  } catch (error) {
    if (error instanceof UnknownCharset)
      return no('This charset is not known', 'BADCHARSET (UTF-8 US-ASCII ISO-2022-JP)')
    throw error
  }
  args.end()
  const { folder, store } = session
  const withModseq = mentionsModseq(program)
  if (withModseq) session.hasCondstore = true
  const { key, uids } = narrow(program, folder.messages.uids)
  const found = await store.search(folder.id, uids, key)
  const numbers = isUid
    ? found.map(({ uid }) => uid)
    : found.flatMap(({ uid }) => folder.messages.sequenceOf(uid) ?? [])
  const modseq = withModseq && found.length > 0 ? modseqOf(found, options) : null
  if (options !== null) {
    session.untagged(extended(session.tag, numbers, options, isUid) + (modseq === null ? '' : ` MODSEQ ${modseq}`))
  } else {
    const list = numbers.map((number) => ` ${number}`).join('')
    session.untagged(`SEARCH${list}${modseq === null ? '' : ` (MODSEQ ${modseq})`}`)
  }
  return ok('Done')
}

export const search: SelectedCommand = { state: 'selected', reports: 'flags', run: (s, args) => run(s, args, false) }
export const uidSearch: SelectedCommand = {
  state: 'selected',
  reports: 'changes',
  run: (s, args) => run(s, args, true),
}
