/**
 * Correspondents as somebody sees them who looks after the queue: the domain, because that is what fails, and of the
 * local part no more than tells two lines apart. Secrecy of communications (電気通信事業法 4条) covers who writes to whom.
 */

const HIDDEN = '•••'
const ADDRESS = /[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+/g

/** "hanako@example.net" → "h•••@example.net" */
export function concealAddress(address: string): string {
  const at = address.lastIndexOf('@')
  if (at < 0) return HIDDEN
  const localPart = [...address.slice(0, at)]
  return `${localPart.length > 2 ? localPart[0] : ''}${HIDDEN}${address.slice(at)}`
}

/** Other servers like to repeat in their answer whom the message was for, whole or without the domain. */
export function concealIn(text: string, recipient: string): string {
  const localPart = recipient.slice(0, Math.max(0, recipient.lastIndexOf('@')))
  const withoutAddresses = text.replaceAll(ADDRESS, concealAddress)
  if (localPart === '') return withoutAddresses
  const escaped = localPart.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
  const alone = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}•])`, 'giu')
  return withoutAddresses.replaceAll(alone, HIDDEN)
}
