/** THREAD and UID THREAD (RFC 5256 §3): REFERENCES and ORDEREDSUBJECT. */
import type { Match } from '../../store/search.ts'
import { rangesOf, splitRanges } from '../../store/uid-range.ts'
import type { SelectedCommand } from '../command.ts'
import { readThreadData } from '../ordering/read-thread-data.ts'
import { formatThreads, type ThreadedMessage } from '../ordering/thread.ts'
import { threadByReferences } from '../ordering/thread-by-references.ts'
import { threadBySubject } from '../ordering/thread-by-subject.ts'
import { ok, type Reply } from '../reply.ts'
import * as query from '../search-query.ts'
import type { SelectedSession } from '../session.ts'
import { UnknownCharset } from '../wire/search-program.ts'
import { type ArgumentReader, BadSyntax } from '../wire/syntax.ts'

const PAGE_MESSAGES = 500

async function threadData(
  { store, folder }: SelectedSession,
  found: readonly Match[],
  needsReferences: boolean,
): Promise<ThreadedMessage[]> {
  const uids = rangesOf(found.map(({ uid }) => uid))
  const messages: ThreadedMessage[] = []
  for (const page of splitRanges(uids, PAGE_MESSAGES)) {
    const [rows, references] = await Promise.all([
      store.fetchRows(folder.id, page),
      needsReferences ? store.readReferences(folder.id, page) : null,
    ])
    for (const row of rows) messages.push(readThreadData(row, references?.get(row.uid)))
  }
  return messages
}

async function run(session: SelectedSession, args: ArgumentReader, isUid: boolean): Promise<Reply> {
  args.space()
  const algorithm = args.word()
  if (algorithm !== 'REFERENCES' && algorithm !== 'ORDEREDSUBJECT') throw new BadSyntax('There is no such algorithm')
  args.space()
  const charset = args.astring()
  args.space()
  try {
    const found = await query.find(session, query.readCriteria(session, args, charset))
    const messages = await threadData(session, found, algorithm === 'REFERENCES')
    const known = messages.filter(({ uid }) => session.folder.messages.sequenceOf(uid) !== null)
    const roots = algorithm === 'REFERENCES' ? threadByReferences(known) : threadBySubject(known)
    const numberOf = (uid: number) => (isUid ? uid : (session.folder.messages.sequenceOf(uid) ?? uid))
    const threads = formatThreads(roots, numberOf)
    session.untagged(threads === '' ? 'THREAD' : `THREAD ${threads}`)
    return ok('Done')
  } catch (error) {
    if (error instanceof UnknownCharset) return query.charsetRefusal
    throw error
  }
}

export const thread: SelectedCommand = { state: 'selected', reports: 'hint', run: (s, args) => run(s, args, false) }
export const uidThread: SelectedCommand = {
  state: 'selected',
  reports: 'changes',
  run: (s, args) => run(s, args, true),
}
