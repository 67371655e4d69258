/**
 * SELECT and EXAMINE (RFC 9051 §6.3.2), with CONDSTORE and QRESYNC (RFC 7162 §3.1.8, §3.2.5) and MAILBOXID (RFC 8474).
 *
 * With QRESYNC a client that was away hears what has vanished and what has changed since, in the same round trip. We
 * remember every removed UID, so the sequence numbers that a client may send along (§3.2.5.2) are read and not needed.
 */
import { normaliseRanges, type UidRange } from '../../store/uid-range.ts'
import type { SignedInCommand } from '../command.ts'
import { changedSince, sendMessages } from '../fetch-messages.ts'
import { mailboxId } from '../object-ids.ts'
import { ok } from '../reply.ts'
import { SelectedFolder } from '../selected-folder.ts'
import type { SelectedSession, SignedInSession } from '../session.ts'
import { tellVanished } from '../tell-vanished.ts'
import { LARGEST, LARGEST_UID, SAVED } from '../wire/sequence-set.ts'
import { type ArgumentReader, BadSyntax } from '../wire/syntax.ts'

/** What the client knew when it was here last. */
type Resync = { readonly uidValidity: number; readonly modseq: number; readonly knownUids: readonly UidRange[] }
type Opening = { readonly name: string; readonly isCondstore: boolean; readonly resync: Resync | null }

const allUids: readonly UidRange[] = [{ first: 1, last: LARGEST_UID }]

function readKnownUids(args: ArgumentReader): UidRange[] {
  const set = args.sequenceSet()
  if (set === SAVED || set.some(({ from, to }) => from === LARGEST || to === LARGEST)) {
    throw new BadSyntax('Known UIDs are numbers')
  }
  return normaliseRanges(
    set.map(({ from, to }) => ({
      first: Math.min(Number(from), Number(to)),
      last: Math.max(Number(from), Number(to)),
    })),
  )
}

/** "(67890007 20050715194045000 41,43:211,214:541 (1,3,5 2,4,6))" */
function readResync(args: ArgumentReader): Resync {
  args.space()
  args.expect('(')
  const uidValidity = args.number()
  args.space()
  const modseq = args.number64()
  let knownUids = allUids
  while (!args.skip(')')) {
    args.space()
    if (args.skip('(')) {
      readKnownUids(args)
      args.space()
      readKnownUids(args)
      args.expect(')')
    } else knownUids = readKnownUids(args)
  }
  return { uidValidity, modseq, knownUids }
}

function readOpening(args: ArgumentReader): Opening {
  args.space()
  const name = args.folderName()
  let isCondstore = false
  let resync: Resync | null = null
  if (!args.isAtEnd) {
    args.space()
    args.list(() => {
      const parameter = args.atom().toUpperCase()
      if (parameter === 'CONDSTORE') isCondstore = true
      else if (parameter === 'QRESYNC') resync = readResync(args)
      else throw new BadSyntax('There is no such parameter')
    })
  }
  args.end()
  return { name, isCondstore, resync }
}

/** @throws StoreRefusal when there is no such folder; then nothing is selected (RFC 9051 §6.3.2) */
async function open(session: SignedInSession, name: string, isReadOnly: boolean): Promise<void> {
  const { enabled, untagged } = session
  if (session.folder !== null) untagged('OK [CLOSED] The folder before is closed')
  session.select(null)
  const [folder, opened] = await SelectedFolder.open(session.store, name, { isReadOnly, enabled })
  session.select(folder)
  folder.announceFlags(untagged)
  folder.announceCounts(untagged)
  const unseen = opened.firstUnseenUid === null ? null : folder.messages.sequenceOf(opened.firstUnseenUid)
  if (unseen !== null && !enabled.rev2) untagged(`OK [UNSEEN ${unseen}] First unread message`)
  if (enabled.rev2) untagged(`LIST () "/" ${session.wireName(folder.name)}`)
  untagged(`OK [PERMANENTFLAGS ${folder.permanentFlags}] Flags that are kept`)
  untagged(`OK [UIDVALIDITY ${opened.uidValidity}] UIDs are valid`)
  untagged(`OK [UIDNEXT ${opened.uidNext}] Next UID`)
  untagged(`OK [HIGHESTMODSEQ ${opened.highestModseq}] Latest change`)
  untagged(`OK [MAILBOXID (${mailboxId(folder.id)})] The folder's own name`)
}

async function resynchronise(session: SelectedSession, { uidValidity, modseq, knownUids }: Resync): Promise<void> {
  if (uidValidity !== session.folder.uidValidity) return
  await tellVanished(session, knownUids, modseq)
  const uids = await changedSince(session, session.folder.messages.knownUids(knownUids), modseq)
  await sendMessages(session, [{ kind: 'uid' }, { kind: 'flags' }, { kind: 'modseq' }], uids)
}

function opening(isReadOnly: boolean): SignedInCommand {
  return {
    state: 'signedIn',
    reports: 'nothing',
    async run(session, args) {
      const { name, isCondstore, resync } = readOpening(args)
      if (resync !== null && !session.enabled.qresync) throw new BadSyntax('QRESYNC has not been enabled')
      if (isCondstore) session.enabled.condstore = true
      await open(session, name, isReadOnly)
      if (resync !== null && session.isSelected()) await resynchronise(session, resync)
      return isReadOnly ? ok('Opened for reading', 'READ-ONLY') : ok('Opened', 'READ-WRITE')
    },
  }
}

export const select = opening(false)
export const examine = opening(true)
