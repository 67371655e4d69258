/** What one message counts for against the limits of its owner. */
import type { AcceptedMessage, MessageOwner } from './accepted-message.ts'
import { type Correspondent, type CorrespondentKey, correspondentOf } from './correspondents.ts'

export type SendingCount = {
  readonly owner: MessageOwner
  readonly recipients: number
  readonly listener: string
  readonly correspondents: readonly Correspondent[]
}

/** @returns null when it counts against nobody */
export function countOf(message: AcceptedMessage, key: CorrespondentKey): SendingCount | null {
  const { owner, recipients, listener } = message
  if (owner === null) return null
  const correspondents = recipients.map(({ address }) => correspondentOf(key, owner.mailboxId, address))
  return { owner, recipients: recipients.length, listener, correspondents }
}
