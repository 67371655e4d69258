/** What every certificate that we make has in common: P-256 or RSA, a serial number, a span of time, a name. */
import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import * as x509 from '@peculiar/x509'

export const DAY_MS = 86_400_000
export const RENEW_DAYS = 30

export function validity(now: Date, days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now.getTime() - DAY_MS), notAfter: new Date(now.getTime() + days * DAY_MS) }
}

/** Positive and at most 20 octets: RFC 5280 §4.1.2.2. */
export function serialNumber(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes.toString('hex')
}

export function distinguishedName(commonName: string): x509.JsonName {
  return [{ CN: [commonName] }]
}

export async function privateKeyPem(key: CryptoKey): Promise<string> {
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', key)
  return `${x509.PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`
}
