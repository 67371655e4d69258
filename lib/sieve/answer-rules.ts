/**
 * Whom a vacation answer must not reach (RFC 3834 §2, RFC 5230 §4.5, §4.6): programs, lists, bulk mail, null senders,
 * the owner, and people who did not write to the owner.
 */
import { isSameAddress } from '#lib/mail/mail-address.ts'
import type { HeaderField, MessageView } from './message-view.ts'

const ROBOTS =
  /^(?:mailer-daemon|postmaster|listserv|majordomo|(?:do-?)?no-?reply|bounces?|owner-.*|.*-(?:owner|request|relay|bounces?))$/i
/** RFC 5230 §4.5 */
const RECIPIENT_FIELDS = ['to', 'cc', 'bcc', 'resent-to', 'resent-cc', 'resent-bcc']

export type Answerable = {
  readonly message: MessageView
  /** envelope sender */
  readonly sender: string
  readonly ownAddresses: readonly string[]
}

export function mayAnswer({ message, sender, ownAddresses }: Answerable): boolean {
  const at = sender.lastIndexOf('@')
  if (at < 1 || ROBOTS.test(sender.slice(0, at).replace(/\+.*$/, ''))) return false
  if (ownAddresses.some((own) => isSameAddress(own, sender))) return false
  if (message.header.some(isOfProgram)) return false
  return message.header.some(
    ({ key, raw }) =>
      RECIPIENT_FIELDS.includes(key) &&
      message.addressesIn(raw).some((address) => ownAddresses.some((own) => isSameAddress(own, address))),
  )
}

/** Nobody typed this message to one person. */
function isOfProgram(field: HeaderField): boolean {
  const value = () => field.value.trim().toLowerCase()
  if (field.key.startsWith('list-')) return true
  if (field.key === 'auto-submitted') return value() !== 'no'
  if (field.key === 'precedence') return ['bulk', 'list', 'junk'].includes(value())
  return field.key === 'x-auto-response-suppress' && /\b(?:all|oof|autoreply)\b/.test(value())
}

/** RFC 5436 §2.7.1: no message about a message that a program sent. */
export function isAutomatic(message: MessageView): boolean {
  return message.header.some(({ key, value }) => key === 'auto-submitted' && value.toLowerCase() !== 'no')
}
