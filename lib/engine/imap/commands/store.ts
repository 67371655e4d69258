/** STORE and UID STORE (RFC 9051 §6.4.6), UNCHANGEDSINCE of RFC 7162 §3.1.3. */

import type { FlagOperation, StoredFlags } from '../../store/store-flags.ts'
import { CHANGED_AT_ONCE, splitRanges } from '../../store/uid-range.ts'
import type { SelectedCommand } from '../command.ts'
import { uidsOf } from '../message-sets.ts'
import { no, ok, type Reply } from '../reply.ts'
import type { SelectedSession } from '../session.ts'
import { readFlags } from '../wire/flag-list.ts'
import { formatSet } from '../wire/sequence-set.ts'
import { type ArgumentReader, BadSyntax } from '../wire/syntax.ts'

const PAGE_MESSAGES = CHANGED_AT_ONCE

function readUnchangedSince(args: ArgumentReader): number | null {
  if (!args.skip('(')) return null
  if (args.word() !== 'UNCHANGEDSINCE') throw new BadSyntax('There is no such STORE modifier')
  args.space()
  const modseq = args.number64()
  args.expect(')')
  args.space()
  return modseq
}

function readOperation(args: ArgumentReader): { operation: FlagOperation; isSilent: boolean } {
  const operation = args.skip('+') ? 'add' : args.skip('-') ? 'remove' : 'replace'
  const name = args.word()
  if (name !== 'FLAGS' && name !== 'FLAGS.SILENT') throw new BadSyntax('Only FLAGS can be stored')
  return { operation, isSilent: name === 'FLAGS.SILENT' }
}

type Answering = { readonly isUid: boolean; readonly isSilent: boolean; readonly knownModseq: number }

/** A silent STORE still tells what another session had changed before (RFC 9051 §6.4.6). */
function sendFlags(session: SelectedSession, stored: readonly StoredFlags[], answering: Answering): void {
  const { folder } = session
  const hasCondstore = session.enabled.condstore
  for (const message of stored) {
    const isNews = message.modseqBefore > answering.knownModseq && message.isStored
    const sequence = folder.messages.sequenceOf(message.uid)
    if (sequence === null || message.isConflict || (answering.isSilent && !isNews && !hasCondstore)) continue
    const parts: string[] = []
    if (answering.isUid || hasCondstore) parts.push(`UID ${message.uid}`)
    if (!answering.isSilent || isNews) parts.push(`FLAGS ${folder.flagList(message, session.untagged)}`)
    if (hasCondstore) parts.push(`MODSEQ (${message.modseq})`)
    session.untagged(`${sequence} FETCH (${parts.join(' ')})`)
  }
}

async function run(session: SelectedSession, args: ArgumentReader, isUid: boolean): Promise<Reply> {
  args.space()
  const set = args.sequenceSet()
  args.space()
  const unchangedSince = readUnchangedSince(args)
  const { operation, isSilent } = readOperation(args)
  args.space()
  const { flags, keywords } = readFlags(args)
  args.end()
  if (unchangedSince !== null) session.beginCondstore()
  const { folder, store } = session
  if (folder.isReadOnly) return no('The folder is open for reading only', 'CANNOT')
  const uids = uidsOf(folder, set, isUid)
  const conflicts: number[] = []
  for (const page of splitRanges(uids, PAGE_MESSAGES)) {
    const knownModseq = folder.modseq
    const stored = await store.storeFlags(folder.id, page, { operation, flags, keywords, unchangedSince })
    folder.noteOwnChange(stored.filter(({ isStored }) => isStored))
    sendFlags(session, stored, { isUid, isSilent, knownModseq })
    for (const { uid, isConflict } of stored) if (isConflict) conflicts.push(uid)
    await session.makeRoom()
  }
  if (conflicts.length === 0) return ok('Done')
  const numbers = isUid ? conflicts : conflicts.flatMap((uid) => folder.messages.sequenceOf(uid) ?? [])
  return ok('Some had been changed before', `MODIFIED ${formatSet(numbers)}`)
}

export const store: SelectedCommand = { state: 'selected', reports: 'flags', run: (s, args) => run(s, args, false) }
export const uidStore: SelectedCommand = { state: 'selected', reports: 'changes', run: (s, args) => run(s, args, true) }
