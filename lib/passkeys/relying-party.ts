/**
 * As whom browsers know this portal (WebAuthn §5.1.2): the host of its configured address, never what a request says.
 * Browsers make passkeys for names only and over https only, with one exception: localhost, which on a trial machine
 * is another name for 127.0.0.1.
 */
import { isIP } from 'node:net'
import { siteEnv } from '#lib/env/site.ts'
import { isLoopbackUrl, webEnv } from '#lib/env/web.ts'
import { AppError } from '#lib/errors/app-error.ts'

export type RelyingParty = { readonly id: string; readonly name: string; readonly origin: string }

/** @returns null where no browser would make a passkey */
export function relyingPartyAt(portalUrl: string, name: string): RelyingParty | null {
  const { protocol, hostname, port } = new URL(portalUrl)
  if (isLoopbackUrl(portalUrl)) {
    return { id: 'localhost', name, origin: `${protocol}//localhost${port === '' ? '' : `:${port}`}` }
  }
  if (protocol !== 'https:' || isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0) return null
  return { id: hostname, name, origin: new URL(portalUrl).origin }
}

/** @throws AppError unavailable */
export function relyingParty(): RelyingParty {
  const party = relyingPartyAt(webEnv().portalUrl, siteEnv().name.ja)
  if (party !== null) return party
  throw new AppError('unavailable', 'no passkeys at an IP address or without https', {
    ja: 'この窓口のアドレスでは、パスキーを使えません。運用担当者にお知らせください。何も変更されていません。',
    en: 'Passkeys cannot be used at this address of the portal. Tell the operator. Nothing was changed.',
  })
}
