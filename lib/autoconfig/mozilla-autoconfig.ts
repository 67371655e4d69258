/**
 * Mozilla's autoconfig (draft-ietf-mailmaint-autoconfig-06), which Thunderbird and many others ask for.
 *
 * Guarantees: the answer is the same for every address, so it tells nobody who exists; every entry is one that
 * Thunderbird for Android reads, because it drops the whole file for one that it does not.
 * Refuses: servers without TLS or without a login (POP before SMTP has no entry).
 */

import { element, type Markup, xmlDocument } from '#lib/xml/xml.ts'
import { type MailService, type MailServices, servicesOf } from './mail-services.ts'

export const mozillaAutoconfigType = 'text/xml; charset=utf-8'

/** draft §3.4.2 */
const MAX_NAME_CHARACTERS = 60
const MAX_SHORT_NAME_CHARACTERS = 20

export function mozillaAutoconfig(services: MailServices): string {
  const { domain, domains, name, company, portalUrl } = services
  const incoming = [...servicesOf(services, 'imap'), ...servicesOf(services, 'pop')]
  const provider = element(
    'emailProvider',
    [
      ...domains.map((hosted) => element('domain', hosted)),
      element('displayName', company.ja.slice(0, MAX_NAME_CHARACTERS)),
      element('displayShortName', name.ja.slice(0, MAX_SHORT_NAME_CHARACTERS)),
      ...incoming.map((service) => server('incomingServer', service)),
      ...servicesOf(services, 'submission').map((service) => server('outgoingServer', service)),
      element(
        'documentation',
        [
          element('descr', 'メールソフトの設定案内', { lang: 'ja' }),
          element('descr', 'Set-up guides for mail programs', { lang: 'en' }),
        ],
        { url: `${portalUrl}/guides` },
      ),
    ],
    { id: domain },
  )
  return xmlDocument(element('clientConfig', [provider], { version: '1.2' }))
}

const types = { imap: 'imap', pop: 'pop3', submission: 'smtp' } as const

/** Every password of a mailbox opens it under its whole address as well as under that password's own user name. */
function server(name: 'incomingServer' | 'outgoingServer', { protocol, host, port, security }: MailService): Markup {
  return element(
    name,
    [
      element('hostname', host),
      element('port', port),
      element('socketType', security === 'tls' ? 'SSL' : 'STARTTLS'),
      element('authentication', 'password-cleartext'),
      element('username', '%EMAILADDRESS%'),
    ],
    { type: types[protocol] },
  )
}
