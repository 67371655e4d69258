/** mailto URIs (RFC 6068) as the method of notify (RFC 5436 §2). */
import { parseMailAddress } from '#lib/mail/mail-address.ts'

export type Mailto = {
  readonly recipients: readonly string[]
  readonly subject: string | null
  readonly body: string | null
}

const MAX_RECIPIENTS = 4

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** @returns null when it is no mailto URI with valid addresses; header fields other than these are passed over */
export function parseMailto(uri: string): Mailto | null {
  const match = /^mailto:([^?]*)(?:\?(.*))?$/is.exec(uri)
  if (match === null) return null
  const addresses = (match[1] ?? '').split(',').filter((each) => each !== '')
  let subject: string | null = null
  let body: string | null = null
  for (const field of (match[2] ?? '').split('&')) {
    const separator = field.indexOf('=')
    const name = field.slice(0, Math.max(0, separator)).toLowerCase()
    const value = decode(field.slice(separator + 1))
    if (value === null) return null
    if (name === 'to') addresses.push(...value.split(','))
    else if (name === 'subject') subject = value
    else if (name === 'body') body = value
  }
  const recipients = addresses.map((each) => decode(each)?.trim() ?? '')
  const isUsable = recipients.length > 0 && recipients.length <= MAX_RECIPIENTS
  return isUsable && recipients.every((each) => parseMailAddress(each) !== null) ? { recipients, subject, body } : null
}
