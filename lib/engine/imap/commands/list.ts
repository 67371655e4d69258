/**
 * LIST and LSUB (RFC 9051 §6.3.9, RFC 3501 §6.3.9), with the selection and return options of LIST-EXTENDED (RFC 5258),
 * SPECIAL-USE (RFC 6154) and LIST-STATUS (RFC 5819).
 */

import { parentNames } from '../../store/folder-name.ts'
import type { FolderEntry } from '../../store/mailbox-store.ts'
import type { SignedInCommand } from '../command.ts'
import { ok } from '../reply.ts'
import type { SignedInSession } from '../session.ts'
import { compilePattern, type FolderPattern } from '../wire/folder-pattern.ts'
import { type ArgumentReader, BadSyntax } from '../wire/syntax.ts'
import { readStatusItems, statusResponses } from './status.ts'

type Options = {
  onlySubscribed: boolean
  onlySpecialUse: boolean
  recursive: boolean
  showsSubscribed: boolean
  statusItems: string[]
}

const MAX_PATTERNS = 32
const FOLDERS_AT_ONCE = 100
const selectionOptions = ['SUBSCRIBED', 'REMOTE', 'RECURSIVEMATCH', 'SPECIAL-USE']
const returnOptions = ['SUBSCRIBED', 'CHILDREN', 'SPECIAL-USE', 'STATUS']

function readOption(args: ArgumentReader, known: readonly string[]): string {
  const option = args.word()
  if (!known.includes(option)) throw new BadSyntax('There is no such option')
  return option
}

function readSelection(args: ArgumentReader, options: Options): void {
  const chosen = args.list(() => readOption(args, selectionOptions))
  options.onlySubscribed = chosen.includes('SUBSCRIBED')
  options.onlySpecialUse = chosen.includes('SPECIAL-USE')
  options.recursive = chosen.includes('RECURSIVEMATCH')
  options.showsSubscribed = options.onlySubscribed
  // RFC 5258 §3: a recursion needs something to match.
  if (options.recursive && !options.onlySubscribed && !options.onlySpecialUse) {
    throw new BadSyntax('RECURSIVEMATCH needs another option')
  }
  args.space()
}

function readReturn(args: ArgumentReader, options: Options): void {
  if (args.isAtEnd) return
  args.space()
  if (args.word() !== 'RETURN') throw new BadSyntax('There is no such argument')
  args.space()
  args.list(() => {
    const option = readOption(args, returnOptions)
    if (option === 'SUBSCRIBED') options.showsSubscribed = true
    if (option !== 'STATUS') return
    args.space()
    options.statusItems = readStatusItems(args)
  })
}

function readPatterns(args: ArgumentReader, reference: string): string[] {
  const patterns = args.peek() === '(' ? args.list(() => args.folderPattern()) : [args.folderPattern()]
  if (patterns.length > MAX_PATTERNS) throw new BadSyntax('Too many patterns')
  return patterns.map((pattern) => reference + pattern)
}

/** The names of all folders that are above one of these. */
const namesAbove = (folders: readonly FolderEntry[]) => new Set(folders.flatMap(({ name }) => parentNames(name)))

function attributes(folder: FolderEntry, hasChildren: boolean, options: Options): string[] {
  const words = [hasChildren ? '\\HasChildren' : '\\HasNoChildren']
  if (folder.specialUse !== null) words.push(folder.specialUse)
  if (options.showsSubscribed && folder.isSubscribed) words.push('\\Subscribed')
  return words
}

function isChosen(folder: FolderEntry, { onlySubscribed, onlySpecialUse }: Options): boolean {
  return (!onlySubscribed || folder.isSubscribed) && (!onlySpecialUse || folder.specialUse !== null)
}

const listed = (session: SignedInSession, words: readonly string[], name: string) =>
  `(${words.join(' ')}) "/" ${session.wireName(name)}`

const matchesAny = (patterns: readonly FolderPattern[], name: string) => patterns.some((pattern) => pattern(name))

/** RFC 5258 §3.1: a folder that is not chosen itself is told when one below it is. */
function childInfo(hasChosenBelow: boolean, options: Options): string | null {
  if (!options.recursive || !hasChosenBelow) return null
  return ` ("CHILDINFO" (${options.onlySubscribed ? '"SUBSCRIBED"' : '"SPECIAL-USE"'}))`
}

type Told = { readonly name: string; readonly response: string }

/** Each folder with its STATUS behind it (RFC 5819 §2). */
async function tell(session: SignedInSession, folders: readonly Told[], statusItems: readonly string[]): Promise<void> {
  for (let at = 0; at < folders.length; at += FOLDERS_AT_ONCE) {
    const page = folders.slice(at, at + FOLDERS_AT_ONCE)
    const names = page.map(({ name }) => name)
    const statuses = await statusResponses(session, names, statusItems)
    for (const { name, response } of page) {
      session.untagged(response)
      const status = statuses.get(name)
      if (status !== undefined) session.untagged(status)
    }
    await session.makeRoom()
  }
}

export const list: SignedInCommand = {
  state: 'signedIn',
  async run(session, args) {
    const options: Options = {
      onlySubscribed: false,
      onlySpecialUse: false,
      recursive: false,
      showsSubscribed: false,
      statusItems: [],
    }
    args.space()
    if (args.peek() === '(') readSelection(args, options)
    const reference = args.folderPattern()
    args.space()
    const texts = readPatterns(args, reference)
    readReturn(args, options)
    args.end()
    // RFC 9051 §6.3.9: an empty pattern asks for the separator.
    if (texts.length === 1 && texts[0] === reference) {
      session.untagged('LIST (\\Noselect) "/" ""')
      return ok('Done')
    }
    const patterns = texts.map(compilePattern)
    const all = await session.store.listFolders()
    const withChildren = namesAbove(all)
    const withChosen = namesAbove(all.filter((folder) => isChosen(folder, options)))
    const told = all.flatMap((folder): Told | [] => {
      if (!matchesAny(patterns, folder.name)) return []
      const below = childInfo(withChosen.has(folder.name), options)
      if (!isChosen(folder, options) && below === null) return []
      const words = attributes(folder, withChildren.has(folder.name), options)
      return { name: folder.name, response: `LIST ${listed(session, words, folder.name)}${below ?? ''}` }
    })
    await tell(session, told, options.statusItems)
    return ok('Done')
  },
}

/** "a" for "a/b/c" under the pattern "%": the level at which a subscribed folder below shows itself (RFC 3501 §6.3.9). */
function visibleParent(name: string, pattern: FolderPattern): string | null {
  const levels = name.split('/')
  for (let count = levels.length - 1; count > 0; count--) {
    const parent = levels.slice(0, count).join('/')
    if (pattern(parent)) return parent
  }
  return null
}

export const lsub: SignedInCommand = {
  state: 'signedIn',
  async run(session, args) {
    args.space()
    const reference = args.folderPattern()
    args.space()
    const text = reference + args.folderPattern()
    args.end()
    const pattern = compilePattern(text)
    const subscribed = (await session.store.listFolders()).filter(({ isSubscribed }) => isSubscribed)
    const shown = new Set(subscribed.map(({ name }) => name).filter(pattern))
    for (const name of shown) session.untagged(`LSUB ${listed(session, [], name)}`)
    if (!text.endsWith('%')) return ok('Done')
    for (const { name } of subscribed) {
      const parent = pattern(name) ? null : visibleParent(name, pattern)
      if (parent === null || shown.has(parent)) continue
      shown.add(parent)
      session.untagged(`LSUB ${listed(session, ['\\Noselect'], parent)}`)
    }
    return ok('Done')
  },
}
