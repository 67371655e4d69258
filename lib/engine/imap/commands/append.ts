/**
 * APPEND (RFC 9051 §6.3.12, APPENDUID of RFC 4315, limit of RFC 7889), of several messages too (MULTIAPPEND, RFC 3502).
 *
 * Guarantees: OK comes after the commit, and all messages are kept or none; a message that could not be kept is refused
 * before the client sends it. Refuses NUL but in a literal8 (RFC 3516), and more than fits a command:
 * MAX_APPENDED_MESSAGES, and together no more bytes than one message may have.
 */
import type { SignedInCommand } from '../command.ts'
import { MAX_APPENDED_MESSAGES } from '../limits.ts'
import { no, ok, type Reply } from '../reply.ts'
import type { SignedInSession } from '../session.ts'
import { tryCreate } from '../try-create.ts'
import { readAppendedMessages } from '../wire/appended-messages.ts'
import { formatSet } from '../wire/sequence-set.ts'
import type { ArgumentReader } from '../wire/syntax.ts'

export const tooManyMessages = no(`No more than ${MAX_APPENDED_MESSAGES} messages at once`, 'LIMIT')

/** Before "+": would it be kept? Called with the arguments so far. */
export async function checkAppend({ store }: SignedInSession, args: ArgumentReader): Promise<void> {
  args.space()
  await tryCreate(store.checkAppend(args.folderName()))
}

async function run(session: SignedInSession, args: ArgumentReader): Promise<Reply> {
  args.space()
  const name = args.folderName()
  const messages = readAppendedMessages(args)
  if (messages.length > MAX_APPENDED_MESSAGES) return tooManyMessages
  if (messages.some(({ content }) => content.length === 0)) return no('The message is empty')
  if (messages.some(({ content, isBinary }) => !isBinary && content.includes(0))) {
    return no('The message contains NUL bytes')
  }
  const { uidValidity, uids } = await tryCreate(session.store.append(name, messages))
  return ok('Kept', `APPENDUID ${uidValidity} ${formatSet(uids)}`)
}

export const append: SignedInCommand = { state: 'signedIn', run }
