import { parseSentDate } from '#lib/mime/sent-date.ts'
import { envelopeValue } from '../../store/envelope-text.ts'
import type { MessageRow } from '../../store/message-rows.ts'

/** The sent date of RFC 5256 §2.2 in milliseconds: when it cannot be read, the day the message arrived. */
export function sentAt({ envelope, internalDate }: MessageRow): number {
  return (parseSentDate(envelopeValue(envelope, 'date') ?? '')?.at ?? internalDate).getTime()
}
