/**
 * DNS lists of addresses (RFC 5782): which of them name this client?
 *
 * Guarantees: an answer within DEADLINE_MS. A list that does not answer, refuses us or is gone names nobody: it never
 * stops mail. After several time-outs it is left alone for a while.
 * Refuses to see a listing in anything but 127.0.0.2–127.255.254.255: 127.255.255.0/24 is how lists say that they do not
 * answer us, 127.0.0.1 must never be listed (§5), and an address outside 127.0.0.0/8 means that the domain was sold.
 */
import ipaddr from 'ipaddr.js'
import type { DnsServer } from '#lib/dns/dns-resolver.ts'
import { type Ask, openDnsAnswers } from '../sender-checks/dns-answers.ts'

/** @returns the zones that name the address, in the order in which they were given */
export type FindListings = (address: string, zones: readonly string[]) => Promise<readonly string[]>

const DEADLINE_MS = 4_000

export function openBlocklists(server: DnsServer | null): FindListings {
  // Each list has its own, so that a dead one takes no other along.
  const answersOf = new Map<string, Ask>()

  async function isListedBy(zone: string, name: string): Promise<boolean> {
    const ask = answersOf.get(zone) ?? openDnsAnswers(server)
    answersOf.set(zone, ask)
    const found = await ask(`${name}.${zone}`, 'A').catch(() => [])
    return found.flat().some(isListing)
  }

  return async (address, zones) => {
    if (zones.length === 0 || !ipaddr.isValid(address)) return []
    const name = queryName(address)
    const found = await Promise.all(zones.map((zone) => withinDeadline(isListedBy(zone, name))))
    return zones.filter((_, index) => found[index])
  }
}

function withinDeadline(answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), DEADLINE_MS)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

/** RFC 5782 §2.1, §2.4: octets or nibbles, backwards. */
export function queryName(text: string): string {
  const address = ipaddr.process(text)
  const bytes = address.toByteArray()
  if (address.kind() === 'ipv4') return bytes.reverse().join('.')
  return [...Buffer.from(bytes).toString('hex')].reverse().join('.')
}

function isListing(answer: string): boolean {
  return /^127\./.test(answer) && answer !== '127.0.0.1' && !answer.startsWith('127.255.255.')
}
