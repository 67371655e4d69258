/**
 * SPF (RFC 7208), DKIM (RFC 6376), ARC (RFC 8617) and DMARC (RFC 9989) of one message, by the `mailauth` library.
 *
 * Each by the letter of its RFC; never throws for what a sender wrote.
 */
import { authenticate } from 'mailauth'
import type { Ask } from './dns-answers.ts'
import type { DmarcRequest, DmarcResult, SenderFacts, SenderFindings } from './findings.ts'

const results: readonly string[] = ['pass', 'fail', 'none', 'temperror', 'permerror']
const requests: readonly string[] = ['none', 'quarantine', 'reject']

/** @param hostName the name under which the results are recorded (authserv-id of RFC 8601) */
export async function examine(
  content: Buffer,
  { address, helloName, sender }: SenderFacts,
  hostName: string,
  ask: Ask,
): Promise<SenderFindings> {
  const found = await authenticate(content, {
    ip: address,
    helo: helloName,
    sender,
    mta: hostName,
    resolver: ask,
    trustReceived: false,
    strict: true,
    disableBimi: true,
  })
  // The library says "false" for what it did not do.
  const dmarc = found.dmarc || null
  const spf = found.spf || null
  return {
    spf: spf?.status.result ?? 'none',
    author: { domain: dmarc?.status.header?.from ?? null },
    dmarc: oneOf<DmarcResult>(dmarc?.status.result, results, 'none'),
    requested: oneOf<DmarcRequest>(dmarc?.policy, requests, 'none'),
    traceFields: withLineEnd(found.headers),
  }
}

function oneOf<Known extends string>(text: string | undefined, known: readonly string[], otherwise: Known): Known {
  return known.includes(text ?? '') ? (text as Known) : otherwise
}

function withLineEnd(fields: string): string {
  const text = fields.replace(/\r?\n/g, '\r\n')
  return text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`
}
