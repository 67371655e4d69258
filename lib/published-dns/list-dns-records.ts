import { isIP } from 'node:net'
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { loadMailServices } from '#lib/autoconfig/load-mail-services.ts'
import { openDnsResolver } from '#lib/dns/dns-resolver.ts'
import type { PublicationState } from '#lib/dns/publication-state.ts'
import { mtaStsEnv } from '#lib/env/mta-sts.ts'
import { relayEnv } from '#lib/env/relay.ts'
import { siteEnv } from '#lib/env/site.ts'
import { webEnv } from '#lib/env/web.ts'
import { checkRecord } from './check-record.ts'
import { dnsRecords, type PublishedSite, type RecordPurpose } from './dns-records.ts'
import { mtaStsPolicy } from './mta-sts-policy.ts'

export type DnsRecordView = {
  readonly purpose: RecordPurpose
  readonly name: string
  readonly type: string
  readonly value: string | null
  readonly state: PublicationState
  readonly instead: readonly string[]
}

export type DnsDomainView = {
  readonly domain: string
  readonly domains: readonly string[]
  /** false on a trial machine, whose portal has no name that DNS could lead to */
  readonly hasPortalName: boolean
  readonly records: readonly DnsRecordView[]
}

/** The site's own domain unless another hosted one is named. */
export const listDnsRecordsInput = z.object({ domain: z.string().max(255).optional() })

const TIMEOUT_MS = 2_000
const TRIES = 2

/**
 * What a hosted domain has to publish, and how each record stands in DNS at this moment.
 * @throws AppError forbidden, not_found (no hosted domain)
 */
export async function listDnsRecords(actor: Actor, input: z.infer<typeof listDnsRecordsInput>): Promise<DnsDomainView> {
  requirePermission(actor, 'dns.read')
  const site = await publishedSite()
  const { domains } = site.services
  const domain = listDnsRecordsInput.parse(input).domain ?? site.services.domain
  if (!domains.includes(domain)) throw notFound(`hosted domain ${domain}`)
  const resolver = openDnsResolver(relayEnv().resolver, TIMEOUT_MS, TRIES)
  const records = await Promise.all(
    dnsRecords(domain, site).map(async (record) => {
      const { purpose, name, value, expected } = record
      return { purpose, name, type: expected.type, value, ...(await checkRecord(record, resolver)) }
    }),
  )
  return { domain, domains, hasPortalName: site.portalHost !== null, records }
}

async function publishedSite(): Promise<PublishedSite> {
  const { hosts } = siteEnv()
  const { portalUrl, isHttps } = webEnv()
  const { hostname } = new URL(portalUrl)
  return {
    services: await loadMailServices(),
    mxHost: hosts.old,
    sendingHost: relayEnv().heloName,
    mailHosts: [...new Set([hosts.old, hosts.pop, hosts.smtpa, hosts.smtp])],
    portalHost: isHttps && isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? hostname : null,
    mtaStsPolicy: mtaStsPolicy(mtaStsEnv().mode, hosts.old),
  }
}
