/**
 * PACC (draft-ietf-mailmaint-pacc): one JSON document, and a TXT record with the digest of exactly these bytes.
 *
 * Its ports are fixed and speak TLS from the first byte, so only what is really open there is in it. The record has to
 * be changed with every byte of the document: publish both records, then change, then drop the old one.
 */
import { createHash } from 'node:crypto'
import { type MailProtocol, type MailServices, servicesOf } from './mail-services.ts'

const fixedPorts: Readonly<Record<MailProtocol, number>> = { imap: 993, pop: 995, submission: 465 }
const names: Readonly<Record<MailProtocol, string>> = { imap: 'imap', pop: 'pop3', submission: 'submit' }
const MAX_NAME_CHARACTERS = 60
const MAX_SHORT_NAME_CHARACTERS = 20

export function paccDocument(services: MailServices): string {
  const { name, company, portalUrl } = services
  const protocols = (['imap', 'pop', 'submission'] as const).flatMap((protocol) => {
    const service = servicesOf(services, protocol).find(
      ({ port, security }) => security === 'tls' && port === fixedPorts[protocol],
    )
    return service ? [[names[protocol], { host: service.host }] as const] : []
  })
  const document = {
    protocols: Object.fromEntries(protocols),
    authentication: { password: true },
    info: {
      provider: {
        name: company.en.slice(0, MAX_NAME_CHARACTERS),
        shortName: name.en.slice(0, MAX_SHORT_NAME_CHARACTERS),
      },
      help: { documentation: `${portalUrl}/guides` },
    },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

export function paccRecordText(services: MailServices): string {
  const digest = createHash('sha256').update(paccDocument(services)).digest('base64')
  return `v=UAAC1; a=sha256; d=${digest}`
}
