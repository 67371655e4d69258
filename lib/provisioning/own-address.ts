/** Addresses of the domains that are hosted here, as whoever provisions them writes them. */
import { siteEnv } from '#lib/env/site.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { canonicalAddress, parseMailAddress } from '#lib/mail/mail-address.ts'

/** @throws AppError invalid_input */
export function ownAddress(text: string): string {
  const parsed = parseMailAddress(text)
  if (parsed !== null && siteEnv().hostedDomains.includes(parsed.domain)) return canonicalAddress(parsed)
  throw new AppError('invalid_input', `${text} is no address of a hosted domain`, {
    ja: `${text} は、このサービスのドメインのメールアドレスではありません。何も登録していません。`,
    en: `${text} is not an address of a domain that is hosted here. Nothing was added.`,
  })
}

export function taken(address: string): AppError {
  return new AppError('conflict', `${address} is taken`, {
    ja: `${address} は、すでに使われています。何も登録していません。`,
    en: `${address} is taken already. Nothing was added.`,
  })
}
