/** RFC 7208, section by section: what a domain publishes, who connects, and what SPF says of it. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Ask } from '#lib/engine/sender-checks/dns-answers.ts'
import { examine } from '#lib/engine/sender-checks/examine.ts'
import { matrix } from '../support/matrix.ts'

type Records = {
  readonly TXT?: readonly string[]
  readonly A?: readonly string[]
  readonly AAAA?: readonly string[]
  readonly MX?: readonly string[]
  readonly PTR?: readonly string[]
  readonly isSlow?: true
}
type Zone = Readonly<Record<string, Records>>

function dnsError(code: string): Error {
  return Object.assign(new Error(code), { code })
}

function answersOf(zone: Zone): Ask {
  return async (name, type) => {
    const records = zone[name.toLowerCase().replace(/\.$/, '')]
    if (records === undefined) throw dnsError('ENOTFOUND')
    if (records.isSlow) throw dnsError('ETIMEOUT')
    const found = records[type as 'TXT' | 'A' | 'AAAA' | 'MX' | 'PTR']
    if (found === undefined) throw dnsError('ENODATA')
    if (type === 'TXT') return found.map((text) => [text])
    if (type === 'MX') return found.map((exchange, priority) => ({ priority, exchange })) as unknown as string[]
    return [...found]
  }
}

const V4 = '192.0.2.10'
const V6 = '2001:db8::10'

/** Hosts that the records below speak of. */
const surroundings: Zone = {
  'here.example': { A: [V4], AAAA: [V6] },
  'near.example': { A: ['192.0.2.99'], AAAA: ['2001:db8::99'] },
  'away.example': { A: ['198.51.100.1'] },
  'mail.example': { MX: ['away.example', 'here.example'] },
  'crowd.example': { MX: Array.from({ length: 11 }, (_, n) => `m${n}.example`) },
  ...Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`m${n}.example`, { A: ['198.51.100.7'] }])),
  '10.2.0.192.in-addr.arpa': { PTR: ['host.named.example'] },
  'host.named.example': { A: [V4] },
  'passes.example': { TXT: [`v=spf1 ip4:${V4} -all`] },
  'fails.example': { TXT: ['v=spf1 -all'] },
  'softfails.example': { TXT: ['v=spf1 ~all'] },
  'neutral.example': { TXT: ['v=spf1 ?all'] },
  'broken.example': { TXT: ['v=spf1 nonsense -all'] },
  'slow.example': { isSlow: true },
  'silent.example': { A: [V4] },
  'circle.example': { TXT: ['v=spf1 include:circle.example'] },
  'alice.people.example': { A: ['127.0.0.2'] },
  'alice.sender.example.people.example': { A: ['127.0.0.2'] },
  '192.0.2.10.list.example': { A: ['127.0.0.2'] },
  '10.2.0.192.list.example': { A: ['127.0.0.2'] },
  '2.10.list.example': { A: ['127.0.0.2'] },
  'in-addr.list.example': { A: ['127.0.0.2'] },
  'helo.example.list.example': { A: ['127.0.0.2'] },
  'example.list.example': { A: ['127.0.0.2'] },
  'a%2fb.list.example': { A: ['127.0.0.2'] },
  'bob.team.list.example': { A: ['127.0.0.2'] },
}

type Visit = { readonly ip?: string; readonly sender?: string; readonly helo?: string }

async function spfOf(record: string | readonly string[] | null, { ip = V4, sender, helo }: Visit = {}) {
  const published = record === null ? {} : { TXT: typeof record === 'string' ? [record] : record }
  const ask = answersOf({ ...surroundings, 'sender.example': published })
  const facts = { address: ip, helloName: helo ?? 'helo.example', sender: sender ?? 'alice@sender.example' }
  const message = Buffer.from('Subject: no author\r\n\r\n')
  return (await examine(message, facts, 'mx.infonia.ne.jp', ask)).spf
}

const void3 = 'v=spf1 a:no1.example a:no2.example a:no3.example -all'
const includes = (count: number) => `v=spf1 ${'a:away.example '.repeat(count)}ip4:${V4} -all`

/** [section and rule, what sender.example publishes, the result, who comes] */
const rules: readonly [string, string | readonly string[] | null, string, Visit?][] = [
  ['2.4 an empty sender is judged by its HELO name', null, 'pass', { sender: '', helo: 'passes.example' }],
  ['2.4 … which may have no record', null, 'none', { sender: '' }],
  ['4.3 a label over 63 octets is no domain', null, 'none', { sender: `a@${'x'.repeat(64)}.example` }],
  ['4.3 an address literal is no domain', null, 'none', { sender: 'a@[192.0.2.10]' }],
  ['4.3 a single label is no domain', null, 'none', { sender: 'a@localhost' }],
  ['4.3 a domain that does not exist', null, 'none', { sender: 'a@nowhere.example' }],
  ['4.4 no record', null, 'none'],
  ['4.4 DNS does not answer', null, 'temperror', { sender: 'a@slow.example' }],
  ['4.5 another TXT record is not meant', ['hello', 'v=spf1 +all'], 'pass'],
  ['4.5 two records', ['v=spf1 +all', 'v=spf1 -all'], 'permerror'],
  ['4.5 a later version is not this one', 'v=spf10 +all', 'none'],
  ['4.5 the version in capitals', 'V=SPF1 -all', 'fail'],
  ['4.5 a space before the version', ' v=spf1 -all', 'none'],
  ['4.5 nothing but the version', 'v=spf1', 'neutral'],
  ['4.6.1 an unknown mechanism', 'v=spf1 nonsense -all', 'permerror'],
  ['4.6.1 an error behind the match still counts', 'v=spf1 +all nonsense', 'permerror'],
  ['4.6.1 mechanisms in capitals', 'v=spf1 -ALL', 'fail'],
  ['4.6.2 + - ~ ? say what a match means: +', 'v=spf1 +all', 'pass'],
  ['4.6.2 -', 'v=spf1 -all', 'fail'],
  ['4.6.2 ~', 'v=spf1 ~all', 'softfail'],
  ['4.6.2 ?', 'v=spf1 ?all', 'neutral'],
  ['4.6.2 no sign is +', 'v=spf1 all', 'pass'],
  ['4.6.4 ten questions', includes(10), 'pass'],
  ['4.6.4 eleven questions', includes(11), 'permerror'],
  ['4.6.4 a circle of includes', 'v=spf1 include:circle.example', 'permerror'],
  ['4.6.4 more than ten MX hosts', 'v=spf1 mx:crowd.example -all', 'permerror'],
  ['4.6.4 two empty answers', void3.replace(' a:no3.example', ''), 'fail'],
  ['4.6.4 three empty answers', void3, 'permerror'],
  ['4.7 nothing matches', 'v=spf1 ip4:198.51.100.1', 'neutral'],
  ['4.8 a name ending in a dot', 'v=spf1 a:here.example. -all', 'pass'],
  ['4.8 a name without a top level', 'v=spf1 a:here -all', 'permerror'],
  ['5.1 what stands behind all is never asked', 'v=spf1 -all include:slow.example', 'fail'],
  ['5.1 all takes no name', 'v=spf1 all:here.example', 'permerror'],
  ['5.2 include of a pass', 'v=spf1 include:passes.example -all', 'pass'],
  ['5.2 … takes its own sign', 'v=spf1 ~include:passes.example -all', 'softfail'],
  ['5.2 include of a fail does not match', 'v=spf1 include:fails.example ~all', 'softfail'],
  ['5.2 include of a softfail does not match', 'v=spf1 include:softfails.example -all', 'fail'],
  ['5.2 include of a neutral does not match', 'v=spf1 include:neutral.example -all', 'fail'],
  ['5.2 include without DNS', 'v=spf1 include:slow.example +all', 'temperror'],
  ['5.2 include of an error', 'v=spf1 include:broken.example +all', 'permerror'],
  ['5.2 include of nothing', 'v=spf1 include:silent.example +all', 'permerror'],
  ['5.2 include needs a name', 'v=spf1 include +all', 'permerror'],
  ['5.3 a', 'v=spf1 a:here.example -all', 'pass'],
  ['5.3 a of another', 'v=spf1 a:near.example -all', 'fail'],
  ['5.3 a with a prefix length', 'v=spf1 a:near.example/24 -all', 'pass'],
  ['5.3 a/0 is everybody with that family', 'v=spf1 a:near.example/0 -all', 'pass'],
  ['5.3 a/33', 'v=spf1 a:near.example/33 -all', 'permerror'],
  ['5.3 a by IPv6', 'v=spf1 a:here.example -all', 'pass', { ip: V6 }],
  ['5.3 a//64 by IPv6', 'v=spf1 a:near.example//64 -all', 'pass', { ip: V6 }],
  ['5.3 a/24 says nothing of IPv6', 'v=spf1 a:near.example/24 -all', 'fail', { ip: V6 }],
  ['5.3 a without DNS', 'v=spf1 a:slow.example -all', 'temperror'],
  ['5.4 mx', 'v=spf1 mx:mail.example -all', 'pass'],
  ['5.4 mx is not the address of the name itself', 'v=spf1 mx:here.example -all', 'fail'],
  ['5.5 ptr', 'v=spf1 ptr:named.example -all', 'pass'],
  ['5.5 ptr of another', 'v=spf1 ptr:here.example -all', 'fail'],
  ['5.5 ptr passes over an address without a name', 'v=spf1 ptr:named.example -all', 'fail', { ip: '192.0.2.11' }],
  ['5.6 ip4', `v=spf1 ip4:${V4} -all`, 'pass'],
  ['5.6 ip4 network', 'v=spf1 ip4:192.0.2.0/28 -all', 'pass'],
  ['5.6 ip4 of three numbers', 'v=spf1 ip4:192.0.2 -all', 'permerror'],
  ['5.6 ip4 alone', 'v=spf1 ip4 -all', 'permerror'],
  ['5.6 ip4 with a port', `v=spf1 ip4:${V4}:25 -all`, 'permerror'],
  ['5.6 ip6', `v=spf1 ip6:${V6} -all`, 'pass', { ip: V6 }],
  ['5.6 ip6 network', 'v=spf1 ip6:2001:db8::/64 -all', 'pass', { ip: V6 }],
  ['5.6 ip6 says nothing of IPv4', 'v=spf1 ip6:::/0 -all', 'fail'],
  ['5.6 ip6 alone', 'v=spf1 -all ip6', 'permerror'],
  ['5 an IPv4 address inside IPv6 is IPv4', `v=spf1 ip4:${V4} -all`, 'pass', { ip: `::ffff:${V4}` }],
  ['5.7 exists', 'v=spf1 exists:here.example -all', 'pass'],
  ['5.7 exists is asked as A also of IPv6', 'v=spf1 exists:away.example -all', 'pass', { ip: V6 }],
  ['5.7 exists of nothing', 'v=spf1 exists:nobody.example -all', 'fail'],
  ['5.7 exists needs a name', 'v=spf1 exists -all', 'permerror'],
  ['6 an unknown modifier is passed over', 'v=spf1 colour=blue -all', 'fail'],
  ['6.1 redirect', 'v=spf1 redirect=passes.example', 'pass'],
  ['6.1 redirect takes over the fail', 'v=spf1 redirect=fails.example', 'fail'],
  ['6.1 redirect stands behind all', 'v=spf1 redirect=passes.example -all', 'fail'],
  ['6.1 redirect to nothing', 'v=spf1 redirect=silent.example', 'permerror'],
  ['6.1 two redirects', 'v=spf1 redirect=passes.example redirect=fails.example', 'permerror'],
  ['6.2 exp changes no result', 'v=spf1 exp=why.example -all', 'fail'],
  ['6.2 two exp', 'v=spf1 exp=why.example exp=why2.example -all', 'permerror'],
  ['7.2 %{l}', 'v=spf1 exists:%{l}.people.example -all', 'pass'],
  ['7.2 %{l} %{o}', 'v=spf1 exists:%{l}.%{o}.people.example -all', 'pass'],
  ['7.2 %{i}', 'v=spf1 exists:%{i}.list.example -all', 'pass'],
  ['7.2 %{h}', 'v=spf1 exists:%{h}.list.example -all', 'pass'],
  ['7.2 %{v}', 'v=spf1 exists:%{v}.list.example -all', 'pass'],
  ['7.3 %{ir} turns round', 'v=spf1 exists:%{ir}.list.example -all', 'pass'],
  ['7.3 %{i2} keeps the last two', 'v=spf1 exists:%{i2}.list.example -all', 'pass'],
  ['7.3 %{d1}', 'v=spf1 exists:%{d1}.list.example -all', 'pass'],
  [
    '7.3 %{l-} splits at the dash',
    'v=spf1 exists:%{l-}.list.example -all',
    'pass',
    { sender: 'bob-team@sender.example' },
  ],
  ['7.3 a capital letter escapes', 'v=spf1 exists:%{L}.list.example -all', 'pass', { sender: 'a/b@sender.example' }],
  ['7.3 %{i0}', 'v=spf1 exists:%{i0}.list.example -all', 'permerror'],
  ['7.1 an unknown letter', 'v=spf1 exists:%{z}.list.example -all', 'permerror'],
  ['7.1 a lone percent sign', 'v=spf1 exists:%.list.example -all', 'permerror'],
  ['7.1 %{c} only explains', 'v=spf1 exists:%{c}.list.example -all', 'permerror'],
]

describe('SPF (RFC 7208)', () => {
  const { check } = matrix('spf', 'Rules of SPF that are judged as RFC 7208 says')
  for (const [rule, record, result, visit] of rules) {
    check(rule, async () => assert.equal(await spfOf(record, visit), result))
  }
})
