/**
 * What recipes write by themselves: vacation answers (RFC 5230 §5, RFC 3834 §3) and notifications (RFC 5436 §2.7).
 *
 * Guarantees: null sender and Auto-Submitted, so that no program answers; nothing that a stranger or a script wrote
 * becomes a header field of its own.
 */
import { randomUUID } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { MessageView } from '#lib/sieve/message-view.ts'
import type { Notification, Vacation } from '#lib/sieve/outcome.ts'
import type { ScriptOwner } from './load-scripts.ts'

const MAX_SUBJECT_CHARACTERS = 200
const MAX_REFERENCES = 20
const MESSAGE_ID = /<[\x21-\x3b\x3d\x3f-\x7e]{3,250}>/g

const oneLine = (text: string) => text.replaceAll(/[\x00-\x1f\x7f\u0085\u2028\u2029]+/g, ' ').trim()

function fieldOf(message: MessageView, key: string): string {
  return message.header.find((field) => field.key === key)?.value ?? ''
}

type AnswerFacts = {
  readonly owner: ScriptOwner
  readonly vacation: Vacation
  readonly sender: string
  readonly message: MessageView
  readonly domain: string
  readonly now: Date
}

export function composeVacation(facts: AnswerFacts): Promise<Buffer> {
  const { owner, vacation, sender, message, domain, now } = facts
  const ids = [...`${fieldOf(message, 'references')} ${fieldOf(message, 'message-id')}`.matchAll(MESSAGE_ID)].map(
    String,
  )
  const original = fieldOf(message, 'message-id').match(MESSAGE_ID)?.[0]
  const subject = vacation.subject ?? `Auto: ${fieldOf(message, 'subject')}`
  // RFC 5230 §4.3: only an address of the owner's own.
  const from = owner.addresses.find((own) => own === vacation.from?.toLowerCase()) ?? owner.address
  return new MailComposer({
    from: { name: owner.displayName, address: from },
    to: sender,
    subject: oneLine(subject).slice(0, MAX_SUBJECT_CHARACTERS),
    date: now,
    messageId: `<${randomUUID()}@${domain}>`,
    ...(original === undefined ? {} : { inReplyTo: original, references: ids.slice(-MAX_REFERENCES) }),
    headers: { 'Auto-Submitted': 'auto-replied', Precedence: 'bulk' },
    text: vacation.isMime ? textOfMime(vacation.reason) : vacation.reason,
    textEncoding: 'base64',
    newline: 'windows',
  })
    .compile()
    .build()
}

/** RFC 5230 §4.4 lets a script write MIME; its text is taken, its header is not: it could name other recipients. */
function textOfMime(entity: string): string {
  const end = /\r?\n\r?\n/.exec(entity)
  return end === null ? entity : entity.slice(end.index + end[0].length)
}

export function composeNotification(
  owner: ScriptOwner,
  notification: Notification,
  recipient: string,
  domain: string,
  now: Date,
): Promise<Buffer> {
  const priorities = { 1: 'high', 2: 'normal', 3: 'low' } as const
  return new MailComposer({
    from: { name: owner.displayName, address: owner.address },
    to: recipient,
    subject: oneLine(notification.message).slice(0, MAX_SUBJECT_CHARACTERS),
    date: now,
    messageId: `<${randomUUID()}@${domain}>`,
    priority: priorities[notification.importance],
    headers: { 'Auto-Submitted': `auto-notified; owner-email="${owner.address}"` },
    text: notification.body ?? notification.message,
    textEncoding: 'base64',
    newline: 'windows',
  })
    .compile()
    .build()
}
