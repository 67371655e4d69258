/** The records that a domain publishes, asked of a real name server that has them, lacks them, or has others. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { mailServices } from '#lib/autoconfig/mail-services.ts'
import { openDnsResolver } from '#lib/dns/dns-resolver.ts'
import { readGuidePortsEnv } from '#lib/env/guide-ports.ts'
import { readSiteEnv } from '#lib/env/site.ts'
import { connectionSettings } from '#lib/guides/connection-settings.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import { checkRecord } from '#lib/published-dns/check-record.ts'
import { type DnsRecord, dnsRecords, type PublishedSite, recordPurposes } from '#lib/published-dns/dns-records.ts'
import { mtaStsPolicy, mtaStsRecordText } from '#lib/published-dns/mta-sts-policy.ts'
import { type NameServer, startNameServer } from '#tests/support/dns-server.ts'

const site = readSiteEnv({ HOSTED_DOMAINS: 'second.example' })
const { domain, hosts } = site
const portalHost = 'mail.infonia.ne.jp'

function publishedSite(policy = defaultPolicy): PublishedSite {
  return {
    services: mailServices(
      site,
      `https://${portalHost}`,
      connectionSettings(site, readGuidePortsEnv({}), policy),
      policy,
    ),
    mxHost: hosts.old,
    sendingHost: hosts.smtpa,
    mailHosts: [hosts.old, hosts.pop, hosts.smtpa, hosts.smtp],
    portalHost,
    mtaStsPolicy: mtaStsPolicy('testing', hosts.old),
  }
}

const records = dnsRecords(domain, publishedSite())

function recordOf(type: string, name: string, from = records): DnsRecord {
  const record = from.find((one) => one.expected.type === type && one.name === name)
  assert.ok(record !== undefined, `no ${type} record of ${name}`)
  return record
}

describe('DNS records to publish', () => {
  let server: NameServer
  before(async () => {
    server = await startNameServer({})
  })
  after(() => server.stop())
  beforeEach(() => {
    for (const key of Object.keys(server.zone)) delete server.zone[key]
  })

  const look = (record: DnsRecord) =>
    checkRecord(record, openDnsResolver({ host: '127.0.0.1', port: server.port }, 1_000, 1))

  function publish(type: string, name: string, ...values: string[]): void {
    server.zone[`${type} ${name}`] = values.map((value) => (type === 'TXT' ? value : value.replace(/\.$/, '')))
  }

  test('there are records for each purpose, and a further domain needs no hosts of its own', () => {
    const purposes = (of: string) => new Set(dnsRecords(of, publishedSite()).map(({ purpose }) => purpose))
    assert.deepEqual([...purposes(domain)].sort(), [...recordPurposes].sort())
    assert.ok(!purposes('second.example').has('host'))
    assert.ok(purposes('second.example').has('mtaSts'))
  })

  test('a trial machine, which has no name, asks for none that leads to it', () => {
    const local = dnsRecords(domain, { ...publishedSite(), portalHost: null })
    assert.deepEqual(
      local.filter(({ expected }) => expected.type === 'CNAME'),
      [],
    )
  })

  test('all are missing, then all are found when they are published as shown', async () => {
    for (const record of records) assert.equal((await look(record)).state, 'missing', record.name)
    for (const { name, value, expected } of records) publish(expected.type, name, value ?? '192.0.2.1')
    for (const record of records) assert.deepEqual(await look(record), { state: 'published', instead: [] }, record.name)
  })

  test('what is not offered is said with a dot', async () => {
    const { listeners } = structuredClone(defaultPolicy)
    listeners.pop3s.enabled = false
    const name = `_pop3s._tcp.${domain}`
    const record = recordOf('SRV', name, dnsRecords(domain, publishedSite({ ...defaultPolicy, listeners })))
    assert.equal(record.value, '0 0 0 .')
    publish('SRV', name, '0 1 995 pop.infonia.ne.jp')
    assert.deepEqual(await look(record), { state: 'differs', instead: ['0 1 995 pop.infonia.ne.jp.'] })
    publish('SRV', name, '0 0 0 .')
    assert.equal((await look(record)).state, 'published')
  })

  const others: readonly { type: string; name: string; there: readonly string[]; state: string }[] = [
    { type: 'MX', name: domain, there: ['10 mx.elsewhere.test'], state: 'differs' },
    { type: 'MX', name: domain, there: ['20 mx.elsewhere.test', `5 ${hosts.old}`], state: 'published' },
    { type: 'TXT', name: domain, there: ['site-verification=1'], state: 'missing' },
    { type: 'TXT', name: domain, there: ['v=spf1 -all'], state: 'differs' },
    {
      type: 'TXT',
      name: domain,
      there: ['site=1', `v=spf1 ip4:192.0.2.1 +mx a:${hosts.smtpa} -all`],
      state: 'published',
    },
    { type: 'TXT', name: domain, there: [`v=spf1 mx a:${hosts.smtpa} ~all`, 'v=spf1 -all'], state: 'differs' },
    { type: 'TXT', name: `_dmarc.${domain}`, there: ['v=DMARC1; p=reject'], state: 'published' },
    { type: 'TXT', name: `_dmarc.${domain}`, there: ['v=DMARC1; p=reject', 'v=DMARC1; p=none'], state: 'differs' },
    { type: 'TXT', name: `_ua-auto-config.${domain}`, there: ['v=UAAC1; a=sha256; d=b2xk'], state: 'differs' },
    { type: 'TXT', name: `_mta-sts.${domain}`, there: ['v=STSv1; id=1;'], state: 'differs' },
    { type: 'SRV', name: `_imaps._tcp.${domain}`, there: ['0 1 10993 pop.infonia.ne.jp'], state: 'differs' },
    { type: 'SRV', name: `_imaps._tcp.${domain}`, there: ['5 0 993 POP.infonia.ne.jp'], state: 'published' },
    { type: 'CNAME', name: `autoconfig.${domain}`, there: ['www.elsewhere.test'], state: 'differs' },
  ]
  for (const { type, name, there, state } of others) {
    test(`${type} ${name} with ${there.join(' and ')}: ${state}`, async () => {
      publish(type, name, ...there)
      publish('A', name, '192.0.2.9')
      const seen = await look(recordOf(type, name))
      assert.equal(seen.state, state)
      assert.equal(seen.instead.length > 0, state === 'differs')
    })
  }

  test('a host that has the same address is as good as a CNAME, another address is not', async () => {
    const record = recordOf('CNAME', `autoconfig.${domain}`)
    publish('A', record.name, '192.0.2.1')
    assert.deepEqual(await look(record), { state: 'differs', instead: ['192.0.2.1'] })
    publish('A', portalHost, '192.0.2.1')
    assert.equal((await look(record)).state, 'published')
  })

  test('a name server that is silent is no answer', async () => {
    const silent = openDnsResolver({ host: '127.0.0.1', port: 1 }, 100, 1)
    assert.deepEqual(await checkRecord(recordOf('MX', domain), silent), { state: 'unknown', instead: [] })
  })
})

test('the id of the MTA-STS policy changes with the policy', () => {
  const ids = (['testing', 'enforce'] as const).map((mode) => mtaStsRecordText(mtaStsPolicy(mode, hosts.old)))
  assert.notEqual(ids[0], ids[1])
  for (const text of ids) assert.match(text, /^v=STSv1; id=[a-zA-Z0-9]{1,32};$/)
})
