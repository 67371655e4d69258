/**
 * The addresses of a header field, from its bytes. Encoded-words are left as they are: what one says may be a name, and
 * never a comma, a bracket or an address (RFC 2047 §5).
 */
import { type HeaderAddress, parseAddressList } from './address-list.ts'
import { decodeUnlabelled } from './charset.ts'
import { type HeaderField, unfold } from './header.ts'

export function fieldAddresses(
  message: Buffer,
  { valueStart, end }: Pick<HeaderField, 'valueStart' | 'end'>,
  maxAddresses: number,
): HeaderAddress[] {
  return parseAddressList(decodeUnlabelled(unfold(message, valueStart, end)), maxAddresses)
}
