/**
 * RCPT (RFC 5321 §4.1.1.3). A recipient that does not exist or has no room is refused here, while the sending system
 * still holds the message: what is accepted is never returned to a stranger (backscatter).
 */
import { parseMailAddress } from '#lib/mail/mail-address.ts'
import type { ResolvedRecipient } from '../../delivery/resolve-recipient.ts'
import type { Command, Next } from '../command.ts'
import { type SmtpSession, strangerIn } from '../session.ts'
import { readRcptParameters } from '../wire/envelope-parameters.ts'
import { parsePathArgument } from '../wire/path.ts'
import { type Reply, replies, reply } from '../wire/reply.ts'

/** Somebody tries names; honest lists are cleaner. */
const MAX_UNKNOWN = 20

export const rcpt: Command = async (session, argument) => {
  const { transaction, services, connection } = session
  if (transaction === null) return refuse(session, reply(503, '5.5.1', 'Send MAIL first'))
  const parsed = parsePathArgument(argument, 'TO')
  if (parsed === null) return refuse(session, reply(501, '5.5.4', 'Syntax: RCPT TO:<address>'))
  const parameters = readRcptParameters(parsed.parameters)
  if (parameters === 'unknown') return refuse(session, reply(555, '5.5.4', 'A parameter is not known here'))
  if (parameters === 'malformed') return refuse(session, reply(501, '5.5.4', 'A parameter has no valid value'))
  const address = recipientOf(session, parsed.path)
  if (address === null) return refuse(session, reply(501, '5.1.3', 'The recipient address is not valid'))
  if (session.role === 'mx' && !session.isAllowed(services.policy.decide(strangerIn(session, transaction.right)))) {
    return countUnknown(session)
  }
  const target = await services.resolveRecipient(address).catch(() => null)
  if (target === null) return refuse(session, replies.localFault)

  const verdict = services.policy.decide(
    {
      stage: 'rcpt',
      listener: connection.listener.name,
      permission: transaction.right,
      target: seenTarget(target, transaction.sender),
      targetIsFull: target.kind === 'local' && target.isFull,
      acceptedRecipients: transaction.recipients.length,
    },
    session.mailbox,
  )
  if (!session.isAllowed(verdict)) {
    if (target.kind !== 'unknown' && target.kind !== 'returning') return 'continue'
    if (session.role === 'mx') services.unknownRecipients.noteUnknown(connection.remoteAddress)
    return countUnknown(session)
  }
  transaction.recipients.push({ address, target, ...parameters })
  session.send(reply(250, '2.1.5', 'Recipient OK'))
  return 'continue'
}

/** The way back of forwarded mail is open to reports, which have the null sender, and to nothing else. */
function seenTarget({ kind }: ResolvedRecipient, sender: string): 'local' | 'remote' | 'unknown' {
  if (kind !== 'returning') return kind
  return sender === '' ? 'local' : 'unknown'
}

function refuse(session: SmtpSession, answer: Reply): Next {
  session.refuse(answer)
  return 'continue'
}

function recipientOf({ role, services, transaction }: SmtpSession, path: string): string | null {
  const isPostmaster = path.toLowerCase() === 'postmaster'
  const isBareName = !path.includes('@') && (role !== 'mx' || isPostmaster)
  const text = isBareName ? `${path}@${services.defaultDomain}` : path
  const isReadable = parseMailAddress(text) !== null
  const needsUtf8 = !/^[\x20-\x7e]*$/.test(text) && transaction?.parameters.utf8 !== true
  return isReadable && !needsUtf8 ? text : null
}

function countUnknown(session: SmtpSession): Next {
  session.unknownRecipientCount += 1
  if (session.role !== 'mx' || session.unknownRecipientCount < MAX_UNKNOWN) return 'continue'
  session.refuse(reply(421, '4.7.0', 'Too many unknown recipients, closing the connection'))
  return 'close'
}
