/**
 * SORT and UID SORT (RFC 5256 §3), with RETURN (ESORT, RFC 5267 §3) and the display names of RFC 5957.
 */
import type { Match } from '../../store/search.ts'
import { mentions } from '../../store/search-key.ts'
import { rangesOf, splitRanges } from '../../store/uid-range.ts'
import type { SelectedCommand } from '../command.ts'
import { MessageSorter, type SortCriterion, sortKeys } from '../ordering/sort-messages.ts'
import { ok, type Reply } from '../reply.ts'
import * as query from '../search-query.ts'
import type { SelectedSession } from '../session.ts'
import { UnknownCharset } from '../wire/search-program.ts'
import { type ArgumentReader, BadSyntax } from '../wire/syntax.ts'

const PAGE_MESSAGES = 500
const MAX_CRITERIA = 20

/** "(REVERSE DATE SUBJECT)" */
function readSortCriteria(args: ArgumentReader): SortCriterion[] {
  const criteria: SortCriterion[] = []
  let isReverse = false
  args.list(() => {
    const word = args.word()
    const key = sortKeys.find((each) => each === word)
    if (key !== undefined) criteria.push({ key, isReverse })
    else if (word !== 'REVERSE' || isReverse) throw new BadSyntax('There is no such sort key')
    isReverse = key === undefined
  })
  if (isReverse || criteria.length === 0 || criteria.length > MAX_CRITERIA)
    throw new BadSyntax('No sort key, or too many')
  return criteria
}

async function sorted(
  { store, folder }: SelectedSession,
  found: readonly Match[],
  criteria: readonly SortCriterion[],
): Promise<Match[]> {
  const sorter = new MessageSorter(criteria)
  const byUid = new Map(found.map((match) => [match.uid, match]))
  const uids = rangesOf(found.map(({ uid }) => uid))
  for (const page of splitRanges(uids, PAGE_MESSAGES)) {
    for (const row of await store.fetchRows(folder.id, page)) sorter.add(row)
  }
  return sorter.sortedUids().flatMap((uid) => byUid.get(uid) ?? [])
}

async function run(session: SelectedSession, args: ArgumentReader, isUid: boolean): Promise<Reply> {
  args.space()
  const options = query.readReturn(args)
  const sortCriteria = readSortCriteria(args)
  args.space()
  const charset = args.astring()
  args.space()
  try {
    const criteria = query.readCriteria(session, args, charset)
    const withModseq = mentions(criteria, ['modseq'])
    if (withModseq) session.beginCondstore()
    const found = await sorted(session, await query.find(session, criteria), sortCriteria)
    if (options?.has('SAVE')) query.save(session, options, found)
    const numbers = query.numbersOf(session, found, isUid)
    const modseq = withModseq && found.length > 0 ? query.modseqOf(found, options) : null
    if (options !== null) query.tellExtended(session, { numbers, options, isUid, modseq })
    else
      session.untagged(
        `SORT${numbers.map((number) => ` ${number}`).join('')}${modseq === null ? '' : ` (MODSEQ ${modseq})`}`,
      )
    return ok('Done')
  } catch (error) {
    if (error instanceof UnknownCharset) return query.charsetRefusal
    throw error
  }
}

export const sort: SelectedCommand = { state: 'selected', reports: 'hint', run: (s, args) => run(s, args, false) }
export const uidSort: SelectedCommand = { state: 'selected', reports: 'changes', run: (s, args) => run(s, args, true) }
