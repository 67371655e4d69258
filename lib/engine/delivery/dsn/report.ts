/**
 * Makes a report into a message that the engine accepts like any other: null sender (RFC 5321 §4.5.5, so that no report
 * about it can ever arise), to the envelope sender of the original.
 */
import type { AcceptedMessage } from '../accepted-message.ts'
import { ownMessage } from '../own-message.ts'
import type { ResolveRecipient } from '../resolve-recipient.ts'
import { composeDsn, type DsnFacts, isEightBit } from './compose-dsn.ts'

/** What all reports of this site have in common. */
export type ReportingSite = Pick<DsnFacts, 'site' | 'reportingHost'>

/** @returns null when there is nobody to report to: the sender's own mailbox is gone */
export async function makeReport(facts: DsnFacts, resolveRecipient: ResolveRecipient): Promise<AcceptedMessage | null> {
  const target = await resolveRecipient(facts.recipient)
  if (target.kind === 'unknown') return null
  const content = composeDsn(facts)
  return { ...ownMessage('', facts.recipient, target, content), eightBit: isEightBit(content) }
}
