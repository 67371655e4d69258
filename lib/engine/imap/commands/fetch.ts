/**
 * FETCH and UID FETCH (RFC 9051 §6.4.5), CHANGEDSINCE and VANISHED of RFC 7162.
 *
 * Guarantees: a body that is read without PEEK marks its message \Seen, in the same answer; once CONDSTORE or QRESYNC is
 * on, whoever hears of changed flags hears the modseq too, and with QRESYNC the UID.
 */
import { countOf } from '../../store/uid-range.ts'
import type { SelectedCommand } from '../command.ts'
import { changedSince, sendMessages } from '../fetch-messages.ts'
import { uidsOf } from '../message-sets.ts'
import { ok, type Reply } from '../reply.ts'
import type { SelectedSession } from '../session.ts'
import { tellVanished } from '../tell-vanished.ts'
import { type FetchItem, readFetchItems } from '../wire/fetch-items.ts'
import { LARGEST_UID, type MessageSet, resolveSet, SAVED } from '../wire/sequence-set.ts'
import { type ArgumentReader, BadSyntax } from '../wire/syntax.ts'

type Modifiers = { readonly changedSince: number | null; readonly wantsVanished: boolean }

/** "(CHANGEDSINCE 123 VANISHED)" */
function readModifiers(args: ArgumentReader): Modifiers {
  let since: number | null = null
  let wantsVanished = false
  if (args.isAtEnd) return { changedSince: since, wantsVanished }
  args.space()
  args.list(() => {
    const name = args.word()
    if (name === 'VANISHED') wantsVanished = true
    else if (name === 'CHANGEDSINCE') {
      args.space()
      since = args.number64()
    } else throw new BadSyntax('There is no such FETCH modifier')
  })
  if (since === null) throw new BadSyntax('CHANGEDSINCE is missing')
  return { changedSince: since, wantsVanished }
}

/** UID FETCH always tells the UID, and whoever asks for changes wants to hear modseqs. */
function completed(items: readonly FetchItem[], isUid: boolean, withModseq: boolean): FetchItem[] {
  const has = (kind: FetchItem['kind']) => items.some((item) => item.kind === kind)
  const uid: FetchItem[] = isUid && !has('uid') ? [{ kind: 'uid' }] : []
  const modseq: FetchItem[] = withModseq && !has('modseq') ? [{ kind: 'modseq' }] : []
  return [...uid, ...items, ...modseq]
}

/** What the set meant when its messages were all there: `*` is then the greatest UID that can be. */
async function tellVanishedOf(session: SelectedSession, set: MessageSet, modseq: number): Promise<void> {
  if (set !== SAVED) await tellVanished(session, resolveSet(set, LARGEST_UID), modseq)
}

async function run(session: SelectedSession, args: ArgumentReader, isUid: boolean): Promise<Reply> {
  args.space()
  const set = args.sequenceSet()
  args.space()
  const asked = readFetchItems(args)
  const modifiers = readModifiers(args)
  args.end()
  const { enabled, folder } = session
  if (modifiers.wantsVanished && !(isUid && enabled.qresync)) {
    throw new BadSyntax('VANISHED is for UID FETCH, after ENABLE QRESYNC')
  }
  if (modifiers.changedSince !== null || asked.some(({ kind }) => kind === 'modseq')) session.beginCondstore()
  const items = completed(asked, isUid || enabled.qresync, modifiers.changedSince !== null)
  const wanted = uidsOf(folder, set, isUid)
  if (modifiers.changedSince === null)
    return conclude(await sendMessages(session, items, wanted), countOf(wanted), isUid)
  if (modifiers.wantsVanished) await tellVanishedOf(session, set, modifiers.changedSince)
  const uids = await changedSince(session, wanted, modifiers.changedSince)
  return conclude(await sendMessages(session, items, uids), countOf(uids), isUid)
}

/** Another session expunged some, and this client has not been told yet (RFC 2180 §4.1.2). */
function conclude(sent: number, wanted: number, isUid: boolean): Reply {
  return !isUid && sent < wanted ? ok('Some of these messages are gone already', 'EXPUNGEISSUED') : ok('Done')
}

export const fetch: SelectedCommand = { state: 'selected', reports: 'flags', run: (s, args) => run(s, args, false) }
export const uidFetch: SelectedCommand = { state: 'selected', reports: 'changes', run: (s, args) => run(s, args, true) }
