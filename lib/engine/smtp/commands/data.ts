/**
 * DATA (RFC 5321 §4.1.1.4): takes the message in, looks at it, and answers 250 only after it is on the disk.
 *
 * A client that vanishes before the end of its message leaves nothing but the record of it.
 *
 * Refuses: bare CR or LF and NUL (they are how a message is smuggled past another reader), a message or a header too
 * large, what has gone round a hundred times, and on submission a From that is not the sender's own (RFC 6409 §6.1).
 */
import { DeliveryRefused, type MessageOwner, RefusedByRecipients } from '../../delivery/accepted-message.ts'
import { InputEnded } from '../../runtime/errors.ts'
import type { ReceivedText } from '../../runtime/wire-reader.ts'
import type { Command, Next } from '../command.ts'
import { limitsFor } from '../limits.ts'
import { type JudgedMessage, judgeMessage } from '../message/judge-message.ts'
import { readHeader } from '../message/read-header.ts'
import { receivedField } from '../message/received-field.ts'
import { roleIn, type SmtpSession, type Transaction } from '../session.ts'
import { type Reply, replies, reply } from '../wire/reply.ts'

/** RFC 5321 §4.5.3.2.5 asks for three minutes between blocks; old modems got ten. */
const TEXT_MS = 600_000
/** RFC 5321 §6.3 */
const MAX_RECEIVED = 100
/** Every field is read and every signature tried: megabytes of them would keep the thread that checks senders busy. */
const MAX_HEADER_BYTES = 1_048_576

const accept = reply(354, null, 'End data with <CR><LF>.<CR><LF>')
const textTooEarly = reply(554, '5.5.0', 'Wait for 354 before sending the message')
const bareBreaks = reply(550, '5.5.2', 'Lines must end with CRLF, the message was not accepted')
const hasNul = reply(550, '5.6.0', 'The message holds NUL bytes and was not accepted')
const headerTooLarge = reply(552, '5.3.4', 'The header is larger than a megabyte, the message was not accepted')
const loops = reply(554, '5.4.6', 'The message goes round in circles and was not accepted')

export const data: Command = async (session, argument) => {
  const { transaction, connection } = session
  if (transaction === null) return refuse(session, reply(503, '5.5.1', 'Send MAIL first'))
  if (argument !== '') return refuse(session, replies.noParameters)
  if (transaction.recipients.length === 0) return refuse(session, reply(554, '5.5.1', 'No valid recipients'))
  if (connection.hasPendingInput()) {
    session.refuse(textTooEarly)
    return 'close'
  }
  session.send(accept)
  const text = await readText(session)
  session.resetTransaction()
  try {
    if (!text.bareLineBreak) await take(session, transaction, text)
    else session.refuse(bareBreaks)
  } finally {
    text.release()
  }
  return text.bareLineBreak ? 'close' : 'continue'
}

function refuse(session: SmtpSession, answer: Reply): Next {
  session.refuse(answer)
  return 'continue'
}

async function readText(session: SmtpSession): Promise<ReceivedText> {
  const maxBytes = limitsFor(session).maxMessageBytes
  try {
    return await session.connection.readDotTerminated({ maxBytes, timeoutMs: TEXT_MS })
  } catch (error) {
    // Whoever closed only their sending half can still hear it; for the owner it is an event of its own.
    if (error instanceof InputEnded) session.refuse(replies.cutShort)
    throw error
  }
}

async function take(session: SmtpSession, transaction: Transaction, text: ReceivedText): Promise<void> {
  if (text.tooLarge) return session.refuseFor('messageTooLarge')
  if (text.noRoom) return session.refuse(replies.crowded)
  if (text.hasNul) return session.refuse(hasNul)
  const header = readHeader(text.bytes)
  if (header.bytes > MAX_HEADER_BYTES) return session.refuse(headerTooLarge)
  if (header.receivedCount > MAX_RECEIVED) return session.refuse(loops)
  // Revoked while the message was coming in: it must not leave with a right that is gone.
  if (session.connection.interrupted === 'accessChanged') return session.refuse(replies.accessChanged)
  const judged = await judgeMessage(session, transaction, text, header)
  if (judged === null) return
  const isAccepted = await store(session, transaction, judged, text.eightBit)
  const owner = ownerOf(transaction)
  if (isAccepted && header.mailer !== null && owner !== null) {
    session.services.sightings.note(owner.mailboxId, header.mailer)
  }
}

function ownerOf({ right }: Transaction): MessageOwner | null {
  return 'owner' in right ? right.owner : null
}

/** @returns whether the message was accepted; if not, the refusal has been sent */
async function store(
  session: SmtpSession,
  transaction: Transaction,
  { content, fileInto, scanned, traceFields, isSenderConfirmed }: JudgedMessage,
  eightBit: boolean,
): Promise<boolean> {
  const { sender, recipients, parameters } = transaction
  const { envelopeId, returnFull, utf8 } = parameters
  try {
    const { reference } = await session.services.acceptMessage({
      sender,
      recipients,
      content,
      traceHeader: Buffer.concat([
        Buffer.from(traceFields),
        receivedField(session, roleIn(session, transaction), recipients, new Date()),
      ]),
      listener: session.connection.listener.name,
      owner: ownerOf(transaction),
      envelopeId,
      returnFull,
      fileInto,
      scanned,
      isSenderConfirmed,
      utf8,
      eightBit,
    })
    session.send(reply(250, '2.0.0', `Accepted as ${reference}`))
    if (session.role === 'mx') session.services.unknownRecipients.noteDelivered(session.connection.remoteAddress)
    session.recorder.accepted({
      detail: `${recipients.length} recipients, ${content.length} bytes`,
      messageRef: reference,
      sizeBytes: content.length,
      recipients: recipients.length,
    })
    return true
  } catch (error) {
    if (error instanceof RefusedByRecipients) session.refuse(reply(550, '5.7.1', error.text))
    else if (error instanceof DeliveryRefused) session.refuseFor(error.reason, { waitSeconds: error.waitSeconds })
    else session.refuse(isDiskFull(error) ? replies.diskFull : replies.localFault)
    return false
  }
}

/** PostgreSQL's SQLSTATE disk_full. */
function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '53100'
}
