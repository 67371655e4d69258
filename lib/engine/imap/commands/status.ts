/**
 * STATUS (RFC 9051 §6.3.11), with SIZE (RFC 8438), DELETED, HIGHESTMODSEQ (RFC 7162), MAILBOXID (RFC 8474)
 * and DELETED-STORAGE (RFC 9208).
 */

import type { FolderStatus } from '../../store/select-folder.ts'
import type { SignedInCommand } from '../command.ts'
import { mailboxId } from '../object-ids.ts'
import { ok } from '../reply.ts'
import type { SignedInSession } from '../session.ts'
import { type ArgumentReader, BadSyntax } from '../wire/syntax.ts'

const values: Readonly<Record<string, (status: FolderStatus) => number | string>> = {
  MESSAGES: ({ messages }) => messages,
  RECENT: ({ recent }) => recent,
  UNSEEN: ({ unseen }) => unseen,
  DELETED: ({ deleted }) => deleted,
  'DELETED-STORAGE': ({ deletedBytes }) => deletedBytes,
  MAILBOXID: ({ id }) => `(${mailboxId(id)})`,
  SIZE: ({ sizeBytes }) => sizeBytes,
  UIDNEXT: ({ uidNext }) => uidNext,
  UIDVALIDITY: ({ uidValidity }) => uidValidity,
  HIGHESTMODSEQ: ({ highestModseq }) => highestModseq,
}

/** They have to be counted message by message. */
const detailed: readonly string[] = ['SIZE', 'DELETED', 'DELETED-STORAGE']

export function readStatusItems(args: ArgumentReader): string[] {
  const items = args.list(() => args.word())
  if (items.length === 0 || items.some((item) => !Object.hasOwn(values, item))) {
    throw new BadSyntax('There is no such STATUS item')
  }
  return items
}

function responseFor(session: SignedInSession, name: string, folder: FolderStatus, items: readonly string[]): string {
  if (items.includes('HIGHESTMODSEQ')) session.beginCondstore()
  const pairs = items.map((item) => `${item} ${values[item]?.(folder)}`)
  return `STATUS ${session.wireName(name)} (${pairs.join(' ')})`
}

const isDetailed = (items: readonly string[]) => items.some((item) => detailed.includes(item))

/** For LIST, by name; of those that are gone meanwhile there is none. */
export async function statusResponses(
  session: SignedInSession,
  names: readonly string[],
  items: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const folders = items.length === 0 ? [] : await session.store.statuses(names, isDetailed(items))
  return new Map(folders.map((folder) => [folder.name, responseFor(session, folder.name, folder, items)]))
}

export const status: SignedInCommand = {
  state: 'signedIn',
  async run(session, args) {
    args.space()
    const name = args.folderName()
    args.space()
    const items = readStatusItems(args)
    args.end()
    const folder = await session.store.status(name, isDetailed(items))
    session.untagged(responseFor(session, name, folder, items))
    return ok('Done')
  },
}
