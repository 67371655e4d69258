/** What threading wants to know of a message: of its header, the References are read; the rest is in the envelope. */
import { baseSubject } from '#lib/mime/base-subject.ts'
import { decodeWords } from '#lib/mime/encoded-words.ts'
import { scanFields, unfold } from '#lib/mime/header.ts'
import { envelopeValue } from '../../store/envelope-text.ts'
import type { MessageRow } from '../../store/message-rows.ts'
import { sentAt } from './sent-at.ts'
import type { ThreadedMessage } from './thread.ts'

const MESSAGE_ID = /<([^<>\s]{1,500})>/g
/** The nearest ancestors are enough: each of those that are here names its own. */
const MAX_REFERENCES = 20

/** Quotes mean nothing (RFC 5256 §3): <"a"@b> is <a@b>. */
function messageIds(text: string): string[] {
  return [...text.matchAll(MESSAGE_ID)].map(([, id = '']) => id.replaceAll('"', ''))
}

/** @param header null where only subjects and dates count */
export function readThreadData(row: MessageRow, header: Buffer | null): ThreadedMessage {
  const { text, isReply } = baseSubject(decodeWords(envelopeValue(row.envelope, 'subject') ?? ''))
  const idIn = (field: 'message-id' | 'in-reply-to') => messageIds(envelopeValue(row.envelope, field) ?? '')[0]
  const named = header === null ? [] : referencesIn(header)
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

function referencesIn(header: Buffer): string[] {
  for (const field of scanFields(header, 0, header.length)) {
    if (field.name !== 'references') continue
    return messageIds(unfold(header, field.valueStart, field.end).toString('latin1')).slice(-MAX_REFERENCES)
  }
  return []
}
