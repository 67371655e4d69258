import { noAddress } from '#lib/accounts/address-to-confirm.ts'
import { canonicalAddress, parseMailAddress } from '#lib/mail/mail-address.ts'

/** @throws AppError invalid_input */
export function staffMailAddress(text: string): string {
  const parsed = parseMailAddress(text)
  if (parsed === null) throw noAddress()
  return canonicalAddress(parsed)
}
