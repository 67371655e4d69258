/**
 * Answers Autodiscover with plain old XML (MS-OXDSCLI §2.2.4): what Outlook's older wizard and many others ask for.
 *
 * Guarantees: an address that does not exist gets the same answer as one that does. What is absent would mean "on" for
 * SPA and SSL, so every switch is said.
 */

import { element, type Markup, xmlDocument } from '#lib/xml/xml.ts'
import { outlookResponseSchema } from './autodiscover-request.ts'
import { type MailService, type MailServices, servicesOf } from './mail-services.ts'

const RESPONSE_SCHEMA = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006'
export const autodiscoverType = 'text/xml; charset=utf-8'

/** MS-OXDSCLI §2.2.4.1.1.2 and Exchange: 500 no such address here, 600 not understood, 601 no such kind of answer. */
export type AutodiscoverErrorCode = 500 | 600 | 601

/** How many hours until the settings are asked for again. */
const TIME_TO_LIVE_HOURS = 24

export function autodiscoverResponse(services: MailServices, address: string): string {
  const account = element('Account', [
    element('AccountType', 'email'),
    element('Action', 'settings'),
    ...services.offered.filter(isBest(services)).map((service) => protocolOf(service, address)),
  ])
  return answer(
    element('Response', [element('User', [element('DisplayName', address)]), account], {
      xmlns: outlookResponseSchema,
    }),
  )
}

export function autodiscoverError(code: AutodiscoverErrorCode, message: string, now: Date): string {
  const error = element('Error', [element('ErrorCode', code), element('Message', message), element('DebugData')], {
    Time: now.toISOString().slice(11, 23),
    Id: '0',
  })
  return answer(element('Response', [error]))
}

function answer(response: Markup): string {
  return xmlDocument(element('Autodiscover', [response], { xmlns: RESPONSE_SCHEMA }))
}

/** Outlook takes one Protocol of each Type. */
function isBest(services: MailServices): (service: MailService) => boolean {
  return (service) => servicesOf(services, service.protocol)[0] === service
}

const types = { imap: 'IMAP', pop: 'POP3', submission: 'SMTP' } as const

function protocolOf({ protocol, host, port, security }: MailService, address: string): Markup {
  return element('Protocol', [
    element('Type', types[protocol]),
    element('TTL', TIME_TO_LIVE_HOURS),
    element('Server', host),
    element('Port', port),
    element('LoginName', address),
    element('DomainRequired', 'off'),
    element('SPA', 'off'),
    element('SSL', security === 'tls' ? 'on' : 'off'),
    element('Encryption', security === 'tls' ? 'SSL' : 'TLS'),
    element('AuthRequired', 'on'),
    ...(protocol === 'submission' ? [element('UsePOPAuth', 'on'), element('SMTPLast', 'off')] : []),
  ])
}
