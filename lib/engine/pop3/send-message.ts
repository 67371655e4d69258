/** RETR and TOP: a message on its way out, slice by slice. */
import { BodyGone } from '../store/fetch.ts'
import type { MailboxSession } from './session.ts'
import { MessageWriter } from './wire/message-writer.ts'

/**
 * An answer that has begun and cannot be finished. The connection must break then: an end that we made up would turn
 * half a message into a whole one in the client's eyes.
 */
export class AnswerCutShort extends Error {}

/** The number has been checked. @param maxBodyLines null: the whole message */
export async function sendMessage(session: MailboxSession, number: number, maxBodyLines: number | null): Promise<void> {
  const slices = await session.mailbox.maildrop.read(number)
  if (slices === null) {
    session.error(`Message ${number} has been deleted by another mail program`)
    return
  }
  session.ok(maxBodyLines === null ? `${session.mailbox.maildrop.listing.sizeBytes(number)} octets` : 'Top follows')
  const writer = new MessageWriter(maxBodyLines ?? undefined)
  try {
    for await (const slice of slices) {
      session.write(writer.write(slice))
      await session.makeRoom()
      if (writer.isComplete) break
    }
  } catch (error) {
    if (!(error instanceof BodyGone)) session.services.onFault(error)
    throw new AnswerCutShort(`message ${number} was not sent to its end`, { cause: error })
  }
  session.write(writer.end())
  session.mailbox.noteRead(number)
}
