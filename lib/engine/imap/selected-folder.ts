/**
 * The folder that a session has selected: the client's view of it, and how the view catches up with the folder.
 *
 * Guarantees: sequence numbers change only by what has been sent; everything that another session does is told exactly
 * once, and what this session did itself is not told again; EXPUNGE is held back while the client counts.
 */

import { FLAG_SETS, flagNames, type MessageFlags } from '#lib/mail/message-flags.ts'
import type { ChangedMessage, MailboxStore, OpenedFolder } from '../store/mailbox-store.ts'
import { includesUid, normaliseRanges, type UidRange } from '../store/uid-range.ts'
import type { Enabled } from './enabled.ts'
import { SequenceMap } from './sequence-map.ts'
import { formatSet } from './wire/sequence-set.ts'

/** Where untagged responses go. */
export type Untagged = (response: string) => void

/** Keywords that clients use without being told; those of the folder's messages join them. */
const commonKeywords = ['$Forwarded', '$MDNSent', '$Junk', '$NotJunk', '$Phishing', 'Junk', 'NonJunk']
const systemFlags = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft']

function listOf(message: MessageFlags, isRecent: boolean): string {
  return `(${[...flagNames(message), ...(isRecent ? ['\\Recent'] : [])].join(' ')})`
}

/** For each bit set: the messages of a folder have the same few again and again. */
const plainListsOf = (isRecent: boolean) =>
  Array.from({ length: FLAG_SETS }, (_, flags) => listOf({ flags, keywords: [] }, isRecent))
const plainLists = { old: plainListsOf(false), recent: plainListsOf(true) }

export class FolderDeleted extends Error {}

export class SelectedFolder {
  readonly id: number
  readonly name: string
  readonly uidValidity: number
  readonly isReadOnly: boolean
  readonly messages: SequenceMap
  /** called when something has changed; IDLE sets it */
  onChange: (() => void) | null = null
  #modseq: number
  #isStale = false
  #recent: readonly UidRange[]
  #unannounced: number[] = []
  #ownChanges = new Map<number, number>()
  readonly #keywords: Set<string>
  #saved: readonly UidRange[] = []
  readonly #store: MailboxStore
  readonly #enabled: Enabled
  readonly #stopWatching: () => void

  private constructor(store: MailboxStore, opened: OpenedFolder, { isReadOnly, enabled }: OpenOptions) {
    this.#store = store
    this.#enabled = enabled
    this.id = opened.id
    this.name = opened.name
    this.uidValidity = opened.uidValidity
    this.isReadOnly = isReadOnly
    this.messages = new SequenceMap(opened.uids)
    this.#modseq = opened.highestModseq
    this.#recent = recentRange(opened.recentFrom, opened.uidNext)
    this.#keywords = new Set([...commonKeywords, ...opened.keywords])
    this.#stopWatching = store.watch((folderId) => {
      if (folderId !== null && folderId !== this.id) return
      this.#isStale = true
      this.onChange?.()
    })
  }

  /** @throws StoreRefusal when there is no such folder */
  static async open(store: MailboxStore, name: string, options: OpenOptions): Promise<[SelectedFolder, OpenedFolder]> {
    // What happens between the look at the folder and its own watch is not missed.
    const changed = new Set<number | null>()
    const stopWatching = store.watch((folderId) => changed.add(folderId))
    try {
      const opened = await store.openFolder(name)
      const folder = new SelectedFolder(store, opened, options)
      folder.#isStale = changed.has(opened.id) || changed.has(null)
      if (!options.isReadOnly && opened.recentFrom < opened.uidNext) {
        folder.#recent = recentRange(await store.claimRecent(opened.id, opened.uidNext), opened.uidNext)
      }
      return [folder, opened]
    } finally {
      stopWatching()
    }
  }

  get modseq(): number {
    return this.#modseq
  }

  get recentUids(): UidRange[] {
    return this.messages.knownUids(this.#recent)
  }

  get recentCount(): number {
    return this.recentUids.reduce((count, { first, last }) => count + last - first + 1, 0)
  }

  /** What `$` stands for: those of the saved messages that are still in the view. */
  get savedUids(): readonly UidRange[] {
    return this.messages.knownUids(this.#saved)
  }

  /** There are messages that the client counts and that are gone. */
  get isHoldingBack(): boolean {
    return this.#unannounced.length > 0
  }

  save(uids: readonly UidRange[]): void {
    this.#saved = uids
  }

  close(): void {
    this.#stopWatching()
    this.onChange = null
  }

  /** "(\Seen $Forwarded)", after announcing keywords that the client has not seen yet. */
  flagList(message: ChangedMessage, untagged: Untagged): string {
    const isRecent = !this.#enabled.rev2 && includesUid(this.#recent, message.uid)
    if (message.keywords.length === 0) return plainLists[isRecent ? 'recent' : 'old'][message.flags] as string
    this.#announceKeywords(message.keywords, untagged)
    return listOf(message, isRecent)
  }

  announceFlags(untagged: Untagged): void {
    untagged(`FLAGS (${[...systemFlags, ...this.#keywords].join(' ')})`)
  }

  get permanentFlags(): string {
    return this.isReadOnly ? '()' : `(${[...systemFlags, ...this.#keywords, '\\*'].join(' ')})`
  }

  #announceKeywords(keywords: readonly string[], untagged: Untagged): void {
    const fresh = keywords.filter((keyword) => !this.#keywords.has(keyword))
    if (fresh.length === 0) return
    for (const keyword of fresh) this.#keywords.add(keyword)
    this.announceFlags(untagged)
  }

  /** The client knows of this change: it made it. */
  noteOwnChange(messages: readonly ChangedMessage[]): void {
    const modseq = Math.max(0, ...messages.map((message) => message.modseq))
    // Nobody else changed anything in between: the view is up to date already.
    if (modseq === this.#modseq + 1) this.#modseq = modseq
    else for (const { uid, modseq: changedAt } of messages) this.#ownChanges.set(uid, changedAt)
  }

  /** Catches up. @param isCertain ask even when nobody said that something changed @throws FolderDeleted */
  async update(untagged: Untagged, options: UpdateOptions): Promise<void> {
    if (this.#isStale || options.isCertain) await this.#readChanges(untagged, options)
    if (options.mayExpunge) this.#announceExpunged(untagged)
  }

  async #readChanges(untagged: Untagged, { mayExpunge }: UpdateOptions): Promise<void> {
    this.#isStale = false
    const changes = await this.#store.changesSince(this.id, this.#modseq)
    if (changes === null) throw new FolderDeleted(`folder ${this.id} was deleted`)
    if (changes.highestModseq === this.#modseq) return
    this.#modseq = changes.highestModseq
    this.#unannounced.push(...changes.expunged)
    if (mayExpunge) this.#announceExpunged(untagged)
    const largestKnown = this.messages.largestUid
    if (this.messages.append(changes.changed.map(({ uid }) => uid)) > 0)
      await this.#announceNew(changes.uidNext, untagged)
    for (const message of changes.changed) {
      if (message.uid > largestKnown || this.#ownChanges.get(message.uid) === message.modseq) continue
      this.#announceFlags(message, untagged)
    }
    this.#ownChanges.clear()
  }

  async #announceNew(uidNext: number, untagged: Untagged): Promise<void> {
    const claimedFrom = this.isReadOnly ? uidNext : await this.#store.claimRecent(this.id, uidNext)
    this.#recent = normaliseRanges([...this.#recent, ...recentRange(claimedFrom, uidNext)])
    this.announceCounts(untagged)
  }

  announceCounts(untagged: Untagged): void {
    untagged(`${this.messages.count} EXISTS`)
    if (!this.#enabled.rev2) untagged(`${this.recentCount} RECENT`)
  }

  #announceFlags(message: ChangedMessage, untagged: Untagged): void {
    const sequence = this.messages.sequenceOf(message.uid)
    if (sequence === null) return
    const flags = this.flagList(message, untagged)
    const modseq = this.#enabled.condstore ? ` MODSEQ (${message.modseq})` : ''
    untagged(`${sequence} FETCH (UID ${message.uid} FLAGS ${flags}${modseq})`)
  }

  #announceExpunged(untagged: Untagged): void {
    if (this.#unannounced.length === 0) return
    const uids = this.#unannounced.sort((one, other) => one - other)
    this.#unannounced = []
    const known = uids.filter((uid) => this.messages.sequenceOf(uid) !== null)
    const sequences = this.messages.remove(known)
    if (this.#enabled.qresync && known.length > 0) untagged(`VANISHED ${formatSet(known)}`)
    else for (const sequence of sequences) untagged(`${sequence} EXPUNGE`)
  }
}

export type UpdateOptions = {
  readonly mayExpunge: boolean
  readonly isCertain: boolean
}

export type OpenOptions = { readonly isReadOnly: boolean; readonly enabled: Enabled }

function recentRange(from: number, uidNext: number): UidRange[] {
  return from < uidNext ? [{ first: from, last: uidNext - 1 }] : []
}
