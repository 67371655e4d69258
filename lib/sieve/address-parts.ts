/** Parts of an address (RFC 5228 §2.7.4; :user and :detail are RFC 5233's, with "+" between them). */
import type { CheckedNode } from './checked-script.ts'

const SEPARATOR = '+'

/** @returns null when the address has no such part */
export function addressPart(address: string, { tags }: CheckedNode): string | null {
  const at = address.lastIndexOf('@')
  const localPart = at < 0 ? address : address.slice(0, at)
  if (tags.has('localpart')) return localPart
  if (tags.has('domain')) return at < 0 ? '' : address.slice(at + 1)
  const separator = localPart.indexOf(SEPARATOR)
  if (tags.has('user')) return separator < 0 ? localPart : localPart.slice(0, separator)
  if (tags.has('detail')) return separator < 0 ? null : localPart.slice(separator + 1)
  return address
}
