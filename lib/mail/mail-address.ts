/**
 * Mail addresses as RFC 5321 §4.1.2 has them: a local part and a domain.
 *
 * Guarantees: `parseMailAddress` accepts one mailbox and nothing else, so that two readers never see two addresses
 * in one string. Refuses: source routes, a second "@" outside quotes, control characters and line separators,
 * full-width look-alikes of "@" and of domains (only what is already in its normal form names a domain, RFC 6531
 * §3.3), parts that are too long (§4.5.3.1).
 */
import { domainToASCII, domainToUnicode } from 'node:url'

export type MailAddress = { readonly localPart: string; readonly domain: string }

const MAX_LOCAL_PART_OCTETS = 64
const MAX_DOMAIN_OCTETS = 255
// Japanese carriers handed out addresses such as "taro..x." for years; other systems must still be able to get mail.
const LOOSE_ATOM = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.\u00a0-\u2027\u202a-\u{10ffff}]+$/u
const QUOTED = /^"(?:[^"\\\x00-\x1f\x7f-\x9f\u2028\u2029]|\\[\x20-\x7e])*"$/u
const EMPTY_ATOM = /(?:^|\.)(?:\.|$)/
const LABEL = /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/
const AT_LOOK_ALIKES = /[\uff20\ufe6b]/u
const ADDRESS_LITERAL = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9A-Fa-f:.]+)\]$/

function parseDomain(text: string): string | null {
  if (ADDRESS_LITERAL.test(text)) return text
  if (Buffer.byteLength(text) > MAX_DOMAIN_OCTETS) return null
  const normal = text.normalize('NFC').toLowerCase()
  const ascii = /^[\x21-\x7e]+$/.test(text) ? normal : domainToASCII(normal)
  if (ascii !== normal && domainToUnicode(ascii) !== normal) return null
  const labels = ascii.split('.')
  return ascii !== '' && labels.every((label) => LABEL.test(label)) ? ascii : null
}

/** §4.1.2: quotes and backslashes that a name does not need make no other name of it. */
function withoutNeedlessQuotes(quoted: string): string {
  const bare = quoted.slice(1, -1).replace(/\\(.)/g, '$1')
  return LOOSE_ATOM.test(bare) && !EMPTY_ATOM.test(bare) ? bare : quoted
}

/** @returns null when `text` is not exactly one address. The domain comes back in lower case, as A-labels. */
export function parseMailAddress(text: string): MailAddress | null {
  const at = text.lastIndexOf('@')
  if (at < 1 || AT_LOOK_ALIKES.test(text)) return null
  const localPart = text.slice(0, at)
  const domain = parseDomain(text.slice(at + 1))
  if (domain === null || Buffer.byteLength(localPart) > MAX_LOCAL_PART_OCTETS) return null
  if (QUOTED.test(localPart)) return { localPart: withoutNeedlessQuotes(localPart), domain }
  return LOOSE_ATOM.test(localPart) ? { localPart, domain } : null
}

export function formatMailAddress(address: MailAddress): string {
  return `${address.localPart}@${address.domain}`
}

/** The form under which a hosted address is stored and compared: all lower case. */
export function canonicalAddress(address: MailAddress): string {
  return formatMailAddress(address).toLowerCase()
}

/** Compares as a hosted domain does: case means nothing. */
export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
