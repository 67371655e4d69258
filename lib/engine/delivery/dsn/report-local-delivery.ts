/**
 * NOTIFY=SUCCESS for recipients whose mailbox is here (RFC 3461 §6.2): the report is stored by the very commit that
 * stores the message. The null sender gets none, nobody gets one without asking, and
 * nobody whose name may be forged: the report would hit a bystander.
 */
import type { AcceptedMessage } from '../accepted-message.ts'
import type { ResolveRecipient } from '../resolve-recipient.ts'
import { makeReport, type ReportingSite } from './report.ts'

export function createLocalReporter(reporting: ReportingSite, resolveRecipient: ResolveRecipient, now: () => Date) {
  return async (message: AcceptedMessage): Promise<readonly AcceptedMessage[]> => {
    const wished = message.recipients.filter(
      ({ target, notify }) => target.kind === 'local' && notify.includes('success'),
    )
    if (wished.length === 0 || message.sender === '' || !message.isSenderConfirmed) return []
    const facts = {
      ...reporting,
      recipient: message.sender,
      recipients: wished.map(({ address, originalRecipient }) => ({
        address,
        originalRecipient,
        action: 'delivered' as const,
        status: '2.1.5',
        remoteHost: null,
        reply: null,
      })),
      original: message.content,
      returnFull: false,
      envelopeId: message.envelopeId,
      arrivedAt: now(),
      now: now(),
      willRetryUntil: now(),
    }
    const report = await makeReport(facts, resolveRecipient)
    return report ? [report] : []
  }
}
