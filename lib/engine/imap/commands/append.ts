/**
 * APPEND (RFC 9051 §6.3.12, APPENDUID of RFC 4315, limit of RFC 7889).
 *
 * Guarantees: OK comes after the commit; a message that could not be kept is refused before the client sends it. Line
 * breaks are made CRLF, because other clients will read the message by POP3; bytes are otherwise kept as they are.
 * Refuses NUL (RFC 9051 §4.3 allows it in BINARY only).
 */
import type { SignedInCommand } from '../command.ts'
import { no, ok, type Reply } from '../reply.ts'
import type { SignedInSession } from '../session.ts'
import { tryCreate } from '../try-create.ts'
import { parseDateTime } from '../wire/date-time.ts'
import { readFlagList } from '../wire/flag-list.ts'
import { type ArgumentReader, BadSyntax } from '../wire/syntax.ts'

const CR = 0x0d
const LF = 0x0a

/** @returns the same buffer when there is nothing to mend */
function withCrlf(bytes: Buffer): Buffer {
  const pieces: Buffer[] = []
  let start = 0
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at - 1] === CR) continue
    pieces.push(bytes.subarray(start, at), Buffer.from('\r\n'))
    start = at + 1
  }
  return pieces.length === 0 ? bytes : Buffer.concat([...pieces, bytes.subarray(start)])
}

function readDate(args: ArgumentReader): Date {
  if (args.peek() !== '"') return new Date()
  const date = parseDateTime(args.astring())
  if (date === null) throw new BadSyntax('The date is not valid')
  args.space()
  return date
}

/** Before "+": would it be kept? Called with the arguments so far. */
export async function checkAppend({ store }: SignedInSession, args: ArgumentReader): Promise<void> {
  args.space()
  await tryCreate(store.checkAppend(args.folderName()))
}

async function run(session: SignedInSession, args: ArgumentReader): Promise<Reply> {
  args.space()
  const name = args.folderName()
  args.space()
  let flags = { flags: 0, keywords: [] as readonly string[] }
  if (args.peek() === '(') {
    flags = readFlagList(args)
    args.space()
  }
  const internalDate = readDate(args)
  const content = args.literal()
  if (content === null) throw new BadSyntax('The message is missing')
  args.end()
  if (content.length === 0) return no('The message is empty')
  if (content.includes(0)) return no('The message contains NUL bytes')
  const placed = await tryCreate(session.store.append(name, { ...flags, internalDate, content: withCrlf(content) }))
  return ok('Kept', `APPENDUID ${placed.uidValidity} ${placed.uid}`)
}

export const append: SignedInCommand = { state: 'signedIn', run }
