/**
 * Every DNS record that a hosted domain publishes so that mail reaches it, is believed, and is set up by itself. Made
 * from the same record of services as the answers of auto-configuration; DKIM keys have a room of their own.
 */
import { type MailProtocol, type MailServices, servicesOf } from '#lib/autoconfig/mail-services.ts'
import { paccRecordText } from '#lib/autoconfig/pacc.ts'
import { mtaStsRecordText } from './mta-sts-policy.ts'

export const recordPurposes = [
  'host',
  'mx',
  'spf',
  'dmarc',
  'mtaSts',
  'tlsReports',
  'service',
  'autoconfig',
  'autodiscover',
  'pacc',
] as const
export type RecordPurpose = (typeof recordPurposes)[number]

export type SrvTarget = { readonly port: number; readonly target: string }

/** What has to be seen in DNS for the record to count as published. */
export type Expectation =
  | { readonly type: 'MX'; readonly host: string }
  /** `exact`: this text; `contains`: a text of this kind with all of these words; `any`: a text of this kind */
  | { readonly type: 'TXT'; readonly kind: string; readonly rule: 'exact' | 'contains' | 'any' }
  /** null: that the service is not offered (RFC 6186 §3.4) */
  | { readonly type: 'SRV'; readonly service: SrvTarget | null }
  /** by CNAME or by the same addresses */
  | { readonly type: 'CNAME'; readonly host: string }
  /** of whatever value: only the operator knows it */
  | { readonly type: 'A' }

export type DnsRecord = {
  readonly purpose: RecordPurpose
  readonly name: string
  /** as a zone file has it; null where only the operator knows it */
  readonly value: string | null
  readonly expected: Expectation
}

export type PublishedSite = {
  readonly services: MailServices
  readonly mxHost: string
  readonly sendingHost: string
  /** the hosts that need an address */
  readonly mailHosts: readonly string[]
  /** under which name the portal is reached over HTTPS; null on a trial machine */
  readonly portalHost: string | null
  readonly mtaStsPolicy: string
}

export function dnsRecords(domain: string, site: PublishedSite): readonly DnsRecord[] {
  return [
    ...(domain === site.services.domain ? site.mailHosts.map(hostRecord) : []),
    { purpose: 'mx', name: domain, value: `10 ${site.mxHost}.`, expected: { type: 'MX', host: site.mxHost } },
    ...senderRecords(domain, site),
    ...serviceRecords(domain, site.services),
    ...(site.portalHost === null ? [] : webRecords(domain, site, site.portalHost)),
  ]
}

function hostRecord(name: string): DnsRecord {
  return { purpose: 'host', name, value: null, expected: { type: 'A' } }
}

function textRecord(
  purpose: RecordPurpose,
  name: string,
  value: string,
  rule: 'exact' | 'contains' | 'any',
): DnsRecord {
  const [kind = ''] = value.split(/[; ]/)
  return { purpose, name, value, expected: { type: 'TXT', kind, rule } }
}

/** RFC 7208, 9989 and 8460: what is published may well be stricter or more than this. */
function senderRecords(domain: string, { sendingHost }: PublishedSite): DnsRecord[] {
  const reports = `mailto:postmaster@${domain}`
  return [
    textRecord('spf', domain, `v=spf1 mx a:${sendingHost} ~all`, 'contains'),
    textRecord('dmarc', `_dmarc.${domain}`, `v=DMARC1; p=none; rua=${reports}`, 'any'),
    textRecord('tlsReports', `_smtp._tls.${domain}`, `v=TLSRPTv1; rua=${reports}`, 'any'),
  ]
}

const srvNames: readonly { label: string; protocol: MailProtocol; security: 'tls' | 'starttls' }[] = [
  { label: '_submissions', protocol: 'submission', security: 'tls' },
  { label: '_submission', protocol: 'submission', security: 'starttls' },
  { label: '_imaps', protocol: 'imap', security: 'tls' },
  { label: '_imap', protocol: 'imap', security: 'starttls' },
  { label: '_pop3s', protocol: 'pop', security: 'tls' },
  { label: '_pop3', protocol: 'pop', security: 'starttls' },
]

/** RFC 6186 §3.2 and RFC 8314 §5.1; the lower the first number, the sooner it is tried. */
function serviceRecords(domain: string, services: MailServices): DnsRecord[] {
  return srvNames.map(({ label, protocol, security }) => {
    const offered = servicesOf(services, protocol).find((service) => service.security === security)
    const service = offered ? { port: offered.port, target: offered.host } : null
    const priority = servicePriorities[protocol] + (security === 'tls' ? 0 : 10)
    return {
      purpose: 'service',
      name: `${label}._tcp.${domain}`,
      value: service ? `${priority} 1 ${service.port} ${service.target}.` : '0 0 0 .',
      expected: { type: 'SRV', service },
    }
  })
}

const servicePriorities: Readonly<Record<MailProtocol, number>> = { submission: 0, imap: 0, pop: 20 }

const HTTPS_PORT = 443

function webRecords(domain: string, { services, mtaStsPolicy }: PublishedSite, portalHost: string): DnsRecord[] {
  const leadsToPortal = (purpose: RecordPurpose, label: string): DnsRecord => ({
    purpose,
    name: `${label}.${domain}`,
    value: `${portalHost}.`,
    expected: { type: 'CNAME', host: portalHost },
  })
  return [
    leadsToPortal('autoconfig', 'autoconfig'),
    leadsToPortal('autodiscover', 'autodiscover'),
    {
      purpose: 'autodiscover',
      name: `_autodiscover._tcp.${domain}`,
      value: `0 1 ${HTTPS_PORT} ${portalHost}.`,
      expected: { type: 'SRV', service: { port: HTTPS_PORT, target: portalHost } },
    },
    leadsToPortal('pacc', 'ua-auto-config'),
    textRecord('pacc', `_ua-auto-config.${domain}`, paccRecordText(services), 'exact'),
    leadsToPortal('mtaSts', 'mta-sts'),
    textRecord('mtaSts', `_mta-sts.${domain}`, mtaStsRecordText(mtaStsPolicy), 'exact'),
  ]
}
