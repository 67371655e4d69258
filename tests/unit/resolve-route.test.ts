import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MailResolver, NoSuchRecord } from '#lib/engine/delivery/relay/mail-resolver.ts'
import { resolveRoute } from '#lib/engine/delivery/relay/resolve-route.ts'
import { isPublicAddress } from '#lib/mail/network-list.ts'

type Zone = { mx?: Record<string, [number, string][]>; a?: Record<string, string[]>; silent?: string[] }

function resolverFor({ mx = {}, a = {}, silent = [] }: Zone): MailResolver {
  const ask = async <Found>(zone: Record<string, Found[]>, name: string) => {
    if (silent.includes(name)) throw new Error('queryMx ETIMEOUT')
    const found = zone[name]
    if (found === undefined) throw new NoSuchRecord(name)
    return found
  }
  return {
    mailExchangers: async (domain) => (await ask(mx, domain)).map(([priority, exchange]) => ({ priority, exchange })),
    addresses: (host) => ask(a, host),
    texts: async () => [],
    configuredHost: (host) => ask(a, host),
  }
}

const route = (
  domain: string,
  zone: Zone,
  smartHost: { host: string; port: number; tls: 'required'; login: null } | null = null,
) =>
  resolveRoute(domain, {
    resolver: resolverFor(zone),
    smartHost,
    mxPort: 25,
    ownHostNames: new Set(['mx.infonia.test']),
    isOwnAddress: (address) => address === '198.51.100.25',
    mayConnectTo: (address) => isPublicAddress(address) && address !== '198.51.100.25',
  })

async function hostsOf(domain: string, zone: Zone): Promise<string[]> {
  const found = await route(domain, zone)
  assert.equal(found.kind, 'hosts')
  return found.kind === 'hosts' ? found.targets.map(({ hostName, address }) => `${hostName} ${address}`) : []
}

async function faultOf(domain: string, zone: Zone): Promise<string> {
  const found = await route(domain, zone)
  assert.equal(found.kind, 'unroutable')
  return found.kind === 'unroutable' ? `${found.fault.isPermanent ? 'fail' : 'defer'} ${found.fault.enhanced}` : ''
}

test('MX hosts come in order of preference, each with its addresses', async () => {
  const zone = {
    mx: {
      'r.test': [
        [20, 'b.r.test'],
        [10, 'a.r.test'],
      ] as [number, string][],
    },
    a: { 'a.r.test': ['198.51.99.1', '2a00::1'], 'b.r.test': ['198.51.99.2'] },
  }
  assert.deepEqual(await hostsOf('r.test', zone), ['a.r.test 198.51.99.1', 'a.r.test 2a00::1', 'b.r.test 198.51.99.2'])
})

test('without MX the domain is its own host; without that it does not exist', async () => {
  assert.deepEqual(await hostsOf('r.test', { a: { 'r.test': ['198.51.99.1'] } }), ['r.test 198.51.99.1'])
  assert.equal(await faultOf('r.test', {}), 'fail 5.1.2')
})

test('null MX fails at once (RFC 7505)', async () => {
  assert.equal(await faultOf('r.test', { mx: { 'r.test': [[0, '']] } }), 'fail 5.1.10')
  assert.equal(await faultOf('r.test', { mx: { 'r.test': [[0, '.']] } }), 'fail 5.1.10')
})

test('an MX that names us is a loop; better hosts than us are still used', async () => {
  const a = { 'mx.infonia.test': ['198.51.99.9'], 'other.test': ['198.51.99.1'] }
  assert.equal(await faultOf('r.test', { mx: { 'r.test': [[10, 'MX.infonia.test']] }, a }), 'fail 5.4.6')
  assert.equal(
    await faultOf('r.test', {
      mx: {
        'r.test': [
          [10, 'mx.infonia.test'],
          [20, 'other.test'],
        ],
      },
      a,
    }),
    'fail 5.4.6',
  )
  assert.deepEqual(
    await hostsOf('r.test', {
      mx: {
        'r.test': [
          [20, 'mx.infonia.test'],
          [10, 'other.test'],
        ],
      },
      a,
    }),
    ['other.test 198.51.99.1'],
  )
})

test('a name service that does not answer defers, even when another host has no address', async () => {
  assert.equal(await faultOf('r.test', { silent: ['r.test'] }), 'defer 4.4.3')
  const mx = {
    'r.test': [
      [10, 'gone.test'],
      [20, 'slow.test'],
    ] as [number, string][],
  }
  assert.equal(await faultOf('r.test', { mx, silent: ['slow.test'] }), 'defer 4.4.3')
  assert.equal(await faultOf('r.test', { mx }), 'defer 4.4.4')
})

test('nobody reaches the inner network by way of an MX record or an address literal', async () => {
  const inner = [
    '127.0.0.1',
    '::1',
    '10.1.2.3',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    'fd00::1',
    'fe80::1',
    '0.0.0.0',
    '224.0.0.1',
    '::ffff:127.0.0.1',
  ]
  for (const address of inner) {
    assert.equal(await faultOf('r.test', { a: { 'r.test': [address] } }), 'fail 5.4.4', address)
    assert.equal(await faultOf(`[${address.includes(':') ? 'IPv6:' : ''}${address}]`, {}), 'fail 5.4.4', address)
  }
  assert.deepEqual(await hostsOf('[198.51.99.7]', {}), ['[198.51.99.7] 198.51.99.7'])
})

test('a smart host takes everything', async () => {
  const found = await route(
    'r.test',
    { a: { 'relay.test': ['10.0.0.1'] } },
    { host: 'relay.test', port: 587, tls: 'required', login: null },
  )
  assert.deepEqual(found, {
    kind: 'hosts',
    targets: [{ hostName: 'relay.test', address: '10.0.0.1', port: 587, tls: 'required', login: null }],
  })
})

test('a mail host that is a stranger by name but has our address leads back to us', async () => {
  const zone = {
    mx: { 'r.test': [[10, 'alias.r.test']] as [number, string][] },
    a: { 'alias.r.test': ['198.51.100.25'] },
  }
  assert.equal(await faultOf('r.test', zone), 'fail 5.4.6')
})
