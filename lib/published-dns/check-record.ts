/** Is a record to be seen in DNS? Asked anew each time. */
import type { Resolver } from 'node:dns/promises'
import { type PublicationState, stateOfFailure } from '#lib/dns/publication-state.ts'
import type { DnsRecord, SrvTarget } from './dns-records.ts'

export type Sight = {
  readonly state: PublicationState
  /** what stands there instead, as far as it has to do with this record */
  readonly instead: readonly string[]
}

export async function checkRecord(record: DnsRecord, resolver: Resolver): Promise<Sight> {
  try {
    return await look(record, resolver)
  } catch (error) {
    return { state: stateOfFailure(error), instead: [] }
  }
}

function look({ name, value, expected }: DnsRecord, resolver: Resolver): Promise<Sight> {
  switch (expected.type) {
    case 'MX':
      return lookForMx(name, expected.host, resolver)
    case 'TXT':
      return lookForText(name, value ?? '', expected, resolver)
    case 'SRV':
      return lookForService(name, expected.service, resolver)
    case 'CNAME':
      return lookForHost(name, expected.host, resolver)
    case 'A':
      return addressesOf(name, resolver).then(() => published)
  }
}

const published: Sight = { state: 'published', instead: [] }

function sight(isPublished: boolean, seen: readonly string[]): Sight {
  if (isPublished) return published
  return seen.length === 0 ? { state: 'missing', instead: [] } : { state: 'differs', instead: seen }
}

async function lookForMx(name: string, host: string, resolver: Resolver): Promise<Sight> {
  const found = await resolver.resolveMx(name)
  return sight(
    found.some(({ exchange }) => isSameName(exchange, host)),
    found.map(({ priority, exchange }) => `${priority} ${exchange}.`),
  )
}

type TextExpectation = { readonly kind: string; readonly rule: 'exact' | 'contains' | 'any' }

/** Other texts of the same name, of other kinds, are nobody's business here. */
async function lookForText(
  name: string,
  value: string,
  { kind, rule }: TextExpectation,
  resolver: Resolver,
): Promise<Sight> {
  const texts = (await resolver.resolveTxt(name)).map((strings) => strings.join(''))
  const ofKind = texts.filter((text) => text.split(/[; ]/)[0]?.toLowerCase() === kind.toLowerCase())
  if (rule === 'any') return sight(ofKind.length === 1, ofKind)
  if (rule === 'exact')
    return sight(
      ofKind.some((text) => bare(text) === bare(value)),
      ofKind,
    )
  const [text = ''] = ofKind
  return sight(ofKind.length === 1 && containsWords(text, value), ofKind)
}

function bare(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replace(/;? *$/, '').trim()
}

/** SPF: the same mechanisms, among others perhaps; how it ends is the domain's own decision. */
function containsWords(text: string, value: string): boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/^\+/, ''))
  return value
    .toLowerCase()
    .split(' ')
    .filter((word) => !word.endsWith('all'))
    .every((word) => words.includes(word))
}

async function lookForService(name: string, service: SrvTarget | null, resolver: Resolver): Promise<Sight> {
  const found = await resolver.resolveSrv(name)
  const isThere = service
    ? found.some((one) => one.port === service.port && isSameName(one.name, service.target))
    : found.every((one) => one.name === '' || one.name === '.')
  return sight(
    isThere,
    found.map((one) => `${one.priority} ${one.weight} ${one.port} ${one.name}.`),
  )
}

async function lookForHost(name: string, host: string, resolver: Resolver): Promise<Sight> {
  const names = await resolver.resolveCname(name).catch((): string[] => [])
  if (names.some((one) => isSameName(one, host))) return published
  const own = await addressesOf(name, resolver)
  const expected = await addressesOf(host, resolver).catch((): string[] => [])
  const seen = names.length > 0 ? names.map((one) => `${one}.`) : own
  return sight(
    own.some((address) => expected.includes(address)),
    seen,
  )
}

/** @throws what the resolver says when the name has no address of either kind */
async function addressesOf(name: string, resolver: Resolver): Promise<string[]> {
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  const [failure] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
  if (found.length === 0) throw failure
  return found
}

function isSameName(one: string, other: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/\.$/, '')
  return plain(one) === plain(other)
}
