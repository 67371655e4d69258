/** What threading wants to know of a message: what it refers to, and what its envelope says. */
import { baseSubject } from '#lib/mime/base-subject.ts'
import { decodeWords } from '#lib/mime/encoded-words.ts'
import { messageIdsIn } from '#lib/mime/message-ids.ts'
import { envelopeValue } from '../../store/envelope-text.ts'
import type { MessageRow } from '../../store/message-rows.ts'
import { sentAt } from './sent-at.ts'
import type { ThreadedMessage } from './thread.ts'

/** @param named what its References name; none where only subjects and dates count */
export function readThreadData(row: MessageRow, named: readonly string[] = []): ThreadedMessage {
  const { text, isReply } = baseSubject(decodeWords(envelopeValue(row.envelope, 'subject') ?? ''))
  const idIn = (field: 'message-id' | 'in-reply-to') => messageIdsIn(envelopeValue(row.envelope, field) ?? '')[0]
  const answered = idIn('in-reply-to')
  const references = named.length > 0 || answered === undefined ? named : [answered]
  return {
    uid: row.uid,
    sentAt: sentAt(row),
    subject: text,
    isReply,
    messageId: idIn('message-id') ?? null,
    references,
  }
}
