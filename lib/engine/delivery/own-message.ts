/** What the engine itself writes to somebody: reports, letters, answers. Nobody is told what becomes of it. */
import type { AcceptedMessage } from './accepted-message.ts'
import type { ResolvedRecipient } from './resolve-recipient.ts'

export function ownMessage(
  sender: string,
  address: string,
  target: ResolvedRecipient,
  content: Buffer,
): AcceptedMessage {
  return {
    sender,
    recipients: [{ address, target, notify: ['never'], originalRecipient: null }],
    content,
    traceHeader: Buffer.alloc(0),
    listener: 'dsn',
    owner: null,
    envelopeId: null,
    returnFull: false,
    fileInto: null,
    scanned: null,
    isSenderConfirmed: true,
    utf8: /[^\x00-\x7f]/.test(address),
    eightBit: false,
  }
}
