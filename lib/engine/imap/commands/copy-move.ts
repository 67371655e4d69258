/** COPY and MOVE (RFC 9051 §6.4.7, §6.4.8; MOVE is RFC 6851), COPYUID of RFC 4315. */
import type { SelectedCommand } from '../command.ts'
import { uidsOf } from '../message-sets.ts'
import { no, ok, type Reply } from '../reply.ts'
import type { SelectedSession } from '../session.ts'
import { tryCreate } from '../try-create.ts'
import { formatSet } from '../wire/sequence-set.ts'
import type { ArgumentReader } from '../wire/syntax.ts'

type Kind = { readonly isUid: boolean; readonly isMove: boolean }

async function run(session: SelectedSession, args: ArgumentReader, { isUid, isMove }: Kind): Promise<Reply> {
  args.space()
  const set = args.sequenceSet()
  args.space()
  const target = args.folderName()
  args.end()
  const { folder, store } = session
  if (isMove && folder.isReadOnly) return no('The folder is open for reading only', 'CANNOT')
  const uids = uidsOf(folder, set, isUid)
  const transfer = await tryCreate(isMove ? store.move(folder.id, uids, target) : store.copy(folder.id, uids, target))
  if (transfer.sourceUids.length === 0) return ok('No messages')
  const code = `COPYUID ${transfer.uidValidity} ${formatSet(transfer.sourceUids)} ${formatSet(transfer.targetUids)}`
  if (!isMove) return ok('Copied', code)
  // RFC 6851 §4.3: before the EXPUNGEs, so that the client knows where the messages went.
  session.untagged(`OK [${code}] Moved`)
  return ok('Done')
}

const command = (kind: Kind): SelectedCommand => ({
  state: 'selected',
  reports: 'changes',
  run: (session, args) => run(session, args, kind),
})

export const copy = command({ isUid: false, isMove: false })
export const uidCopy = command({ isUid: true, isMove: false })
export const move = command({ isUid: false, isMove: true })
export const uidMove = command({ isUid: true, isMove: true })
