/** CREATE, DELETE, RENAME, SUBSCRIBE and UNSUBSCRIBE (RFC 9051 §6.3.4 to §6.3.8; USE of RFC 6154, MAILBOXID of RFC 8474). */

import { canonicalFolderName } from '../../store/folder-name.ts'
import type { SignedInCommand } from '../command.ts'
import { mailboxId } from '../object-ids.ts'
import { ok } from '../reply.ts'
import type { SignedInSession } from '../session.ts'
import { type ArgumentReader, BadSyntax } from '../wire/syntax.ts'

const specialUses = ['\\Archive', '\\Drafts', '\\Junk', '\\Sent', '\\Trash']

function readUse(args: ArgumentReader): string | null {
  args.expect('(')
  if (args.atom().toUpperCase() !== 'USE') throw new BadSyntax('There is no such parameter')
  args.space()
  const [use, ...more] = args.list(() => args.flag())
  args.expect(')')
  const known = specialUses.find((each) => each.toLowerCase() === use?.toLowerCase())
  if (known === undefined || more.length > 0) throw new BadSyntax('There is no such use of a folder')
  return known
}

/** IMAP4rev2: a name that was not in its one form (NFC) is in the answer as it is kept (RFC 9051 §6.3.9.7). */
function tellNewName(session: SignedInSession, asked: string): void {
  const name = canonicalFolderName(asked)
  if (!session.enabled.rev2 || name === asked) return
  session.untagged(`LIST () "/" ${session.wireName(name)} ("OLDNAME" (${session.wireName(asked)}))`)
}

export const create: SignedInCommand = {
  state: 'signedIn',
  async run(session, args) {
    args.space()
    // A separator at the end says that folders will be made below (§6.3.4); all of ours may have some.
    const name = args.folderName().replace(/\/$/, '')
    let specialUse: string | null = null
    if (!args.isAtEnd) {
      args.space()
      specialUse = readUse(args)
    }
    args.end()
    const id = await session.store.createFolder({ name, specialUse, isSubscribed: false })
    tellNewName(session, name)
    return ok('Created', `MAILBOXID (${mailboxId(id)})`)
  },
}

export const deleteFolder: SignedInCommand = {
  state: 'signedIn',
  async run(session, args) {
    args.space()
    const name = args.folderName()
    args.end()
    await session.store.deleteFolder(name)
    if (session.folder?.name === canonicalFolderName(name)) session.select(null)
    return ok('Deleted')
  },
}

export const rename: SignedInCommand = {
  state: 'signedIn',
  async run(session, args) {
    const { store } = session
    args.space()
    const from = args.folderName()
    args.space()
    const to = args.folderName().replace(/\/$/, '')
    args.end()
    if (canonicalFolderName(from) !== 'INBOX') {
      await store.renameFolder(from, to)
      tellNewName(session, to)
      return ok('Renamed')
    }
    // INBOX cannot go away: its messages move into a new folder (§6.3.6).
    await store.createFolder({ name: to, specialUse: null, isSubscribed: false })
    const { id, uids } = await store.openFolder('INBOX')
    await store.move(id, uids, to)
    return ok('The messages of INBOX were moved')
  },
}

function subscription(isSubscribed: boolean): SignedInCommand {
  return {
    state: 'signedIn',
    async run({ store }, args) {
      args.space()
      const name = args.folderName()
      args.end()
      await store.setSubscribed(name, isSubscribed)
      return ok('Done')
    },
  }
}

export const subscribe = subscription(true)
export const unsubscribe = subscription(false)
