/** What every old system looks like to a pass: folders, what is in them, and the bytes. */

import type { MessageFlags } from '#lib/mail/message-flags.ts'
import type { MigrationProblem } from '#lib/migration/problems.ts'

export type SourceFolder = {
  /** as the source spells it */
  readonly sourceName: string
  /** its levels in UTF-8, outermost first */
  readonly levels: readonly string[]
  /** RFC 6154; null for none */
  readonly specialUse: string | null
  readonly isSubscribed: boolean
  /** for progress only; 0 where it is not known yet */
  readonly messageCount: number
}

export type SourceEntry = MessageFlags & {
  /** names the message within its folder: its UID, or its UIDL where there are no UIDs */
  readonly key: string
  readonly uid: number | null
  readonly uidl: string | null
  /** as the source says */
  readonly sizeBytes: number
}

export type FolderNumbers = {
  readonly uidValidity: number
  readonly uidNext: number
  readonly highestModseq: number
}

export type SourceListing = {
  /** null where messages have no UIDs */
  readonly numbers: FolderNumbers | null
  readonly entries: readonly SourceEntry[]
}

export type SourceMessage = {
  readonly entry: SourceEntry
  readonly content: Buffer
  readonly internalDate: Date
}

/** A message as POP3 lists it. */
export type PopEntry = { readonly number: number; readonly sizeBytes: number; readonly uidl: string }

export interface PopListing {
  readonly entries: readonly PopEntry[]
  /** The header, for telling messages of the same size apart. */
  readHeader(entry: PopEntry): Promise<Buffer>
  close(): Promise<void>
}

export interface MailSource {
  listFolders(): Promise<readonly SourceFolder[]>
  /** Opens it for the fetches that follow. */
  openFolder(folder: SourceFolder): Promise<SourceListing>
  /** Those of the open folder that the source still has, in any order; each at most once. */
  fetch(entries: readonly SourceEntry[]): AsyncIterable<SourceMessage>
  /** null where POP clients had no access, or the UIDLs come with the entries */
  openPopListing(): Promise<PopListing | null>
  close(): Promise<void>
}

/** The source fails us. `detail` is for the operator's log and never holds a secret. */
export class SourceFailed extends Error {
  readonly problem: MigrationProblem

  constructor(problem: MigrationProblem, detail: string, options?: ErrorOptions) {
    super(detail, options)
    this.name = 'SourceFailed'
    this.problem = problem
  }
}

/** Larger ones are told to the owner and left where they are. */
export const MAX_MESSAGE_BYTES = 67_108_864
/** More than any folder of a person; a source that lists on is broken. */
export const MAX_FOLDER_MESSAGES = 2_000_000
export const MAX_FOLDERS = 2_000

const MAX_UID = 4_294_967_295

export function isUid(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_UID
}

/** RFC 1939 §7 */
export function isUidl(text: string): boolean {
  return /^[\x21-\x7e]{1,70}$/.test(text)
}
