/**
 * Sender Rewriting Scheme: the envelope sender of forwarded mail becomes an address of ours, so that SPF holds, and a
 * report to that address finds its way back. SRS0 wraps a sender; SRS1 wraps another forwarder's SRS0 without growing.
 *
 * Guarantees: only what we have wrapped opens again, for MAX_AGE_DAYS, so nobody relays through such an address by
 * making one up. Case means nothing, because mail hosts on the way may change it. A wrapped sender keeps within the 64
 * octets of a local part (RFC 5321 §4.5.3.1.1).
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseMailAddress } from './mail-address.ts'

const MAX_AGE_DAYS = 21
const DAY_MS = 86_400_000
/** Days are counted round a circle of 1024: two characters. */
const DAYS_IN_CIRCLE = 1_024
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const MAC_CHARACTERS = 8
const MAX_LOCAL_PART_OCTETS = 64

export type SrsKey = { readonly key: Buffer; readonly now: Date }

/**
 * @param domain of ours, which the new sender is in
 * @returns null when the sender is too long to be wrapped, or cannot be read
 */
export function wrapSender(sender: string, domain: string, { key, now }: SrsKey): string | null {
  const parsed = parseMailAddress(sender)
  if (parsed === null) return null
  const localPart = wrapForwarded(parsed.localPart, parsed.domain, key) ?? wrapFirst(parsed, key, now)
  return Buffer.byteLength(localPart) <= MAX_LOCAL_PART_OCTETS ? `${localPart}@${domain}` : null
}

function wrapFirst({ localPart, domain }: { localPart: string; domain: string }, key: Buffer, now: Date): string {
  const day = dayText(now)
  return `SRS0=${mac(key, [day, domain, localPart])}=${day}=${domain}=${localPart}`
}

/** @returns null for a sender that no forwarder has wrapped */
function wrapForwarded(localPart: string, domain: string, key: Buffer): string | null {
  const first = /^SRS0([=+-].*)$/i.exec(localPart)
  if (first) return `SRS1=${mac(key, [domain, first[1] ?? ''])}=${domain}=${first[1]}`
  const later = /^SRS1[=+-][^=]*=([^=]+)=([=+-].*)$/i.exec(localPart)
  return later ? `SRS1=${mac(key, [later[1] ?? '', later[2] ?? ''])}=${later[1]}=${later[2]}` : null
}

/** @returns where a report to this local part of ours belongs; null when it is none of our wrapped senders */
export function unwrapSender(localPart: string, { key, now }: SrsKey): string | null {
  const first = /^SRS0=([^=]+)=([^=]+)=([^=]+)=(.+)$/is.exec(localPart)
  if (first) {
    const [, given = '', day = '', domain = '', original = ''] = first
    const isOurs = isSame(given, mac(key, [day, domain, original])) && isRecent(day, now)
    return isOurs ? `${original}@${domain}` : null
  }
  const later = /^SRS1=([^=]+)=([^=]+)=([=+-].+)$/is.exec(localPart)
  if (!later) return null
  const [, given = '', domain = '', rest = ''] = later
  return isSame(given, mac(key, [domain, rest])) ? `SRS0${rest}@${domain}` : null
}

function mac(key: Buffer, parts: readonly string[]): string {
  const digest = createHmac('sha256', key).update(parts.join('=').toLowerCase()).digest()
  return [...digest.subarray(0, MAC_CHARACTERS)].map((octet) => ALPHABET[octet % ALPHABET.length]).join('')
}

function isSame(given: string, expected: string): boolean {
  const bytes = Buffer.from(given.toLowerCase())
  return bytes.length === expected.length && timingSafeEqual(bytes, Buffer.from(expected))
}

const dayOf = (now: Date) => Math.floor(now.getTime() / DAY_MS) % DAYS_IN_CIRCLE

function dayText(now: Date): string {
  const day = dayOf(now)
  return `${ALPHABET[day >> 5]}${ALPHABET[day & 31]}`
}

function isRecent(text: string, now: Date): boolean {
  const [high, low] = [...text.toLowerCase()].map((character) => ALPHABET.indexOf(character))
  if (text.length !== 2 || high === undefined || low === undefined || high < 0 || low < 0) return false
  const age = (dayOf(now) - (high * 32 + low) + DAYS_IN_CIRCLE) % DAYS_IN_CIRCLE
  return age <= MAX_AGE_DAYS
}
