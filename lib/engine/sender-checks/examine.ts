/**
 * SPF (RFC 7208), DKIM (RFC 6376), ARC (RFC 8617) and DMARC (RFC 9989) of one message, by the `mailauth` library.
 *
 * Each by the letter of its RFC; never throws for what a sender wrote. Bounded: MAX_SIGNATURES of a message, and so much
 * time for what its sender's name servers have to say. Neither may cost the look at what the domain in From asks for, or
 * whoever forges it would only have to be slow.
 */
import { authenticate } from 'mailauth'
import { askWithin } from './ask-within.ts'
import type { Ask } from './dns-answers.ts'
import { withFewSignatures } from './few-signatures.ts'
import type { DmarcRequest, DmarcResult, SenderFacts, SenderFindings } from './findings.ts'

const results: readonly string[] = ['pass', 'fail', 'none', 'temperror', 'permerror']
const requests: readonly string[] = ['none', 'quarantine', 'reject']

/** RFC 6376 §6.1 lets a verifier stop somewhere. Each may ask for a hash over the whole text (l=). */
const MAX_SIGNATURES = 10
const SENDERS_DNS_MS = 4_000

/** @param hostName the name under which the results are recorded (authserv-id of RFC 8601) */
export async function examine(
  content: Buffer,
  { address, helloName, sender }: SenderFacts,
  hostName: string,
  ask: Ask,
): Promise<SenderFindings> {
  const found = await authenticate(withFewSignatures(content, MAX_SIGNATURES), {
    ip: address,
    helo: helloName,
    sender,
    mta: hostName,
    resolver: askWithin(ask, SENDERS_DNS_MS),
    trustReceived: false,
    strict: true,
    disableBimi: true,
  })
  // The library says "false" for what it did not do.
  const dmarc = found.dmarc || null
  const spf = found.spf || null
  const author = dmarc?.status.header?.from ?? null
  const unclear = [...found.dkim.results.map(({ status, signingDomain }) => ({ status, domain: signingDomain })), spf]
  const mayStillPass = unclear.some((each) => each?.status.result === 'temperror' && isRelated(each.domain, author))
  const result = oneOf<DmarcResult>(dmarc?.status.result, results, 'none')
  return {
    spf: spf?.status.result ?? 'none',
    author: { domain: author },
    // The library says "fail" also where what would have passed could not be asked for at the moment.
    dmarc: result === 'fail' && mayStillPass ? 'temperror' : result,
    requested: oneOf<DmarcRequest>(dmarc?.policy, requests, 'none'),
    traceFields: withLineEnd(found.headers),
  }
}

/** Perhaps aligned (RFC 9989 §4.4): one domain is the other, or above it. */
function isRelated(one: string | null | undefined, other: string | null): boolean {
  if (!one || !other) return false
  return `.${one}`.endsWith(`.${other}`) || `.${other}`.endsWith(`.${one}`)
}

function oneOf<Known extends string>(text: string | undefined, known: readonly string[], otherwise: Known): Known {
  return known.includes(text ?? '') ? (text as Known) : otherwise
}

function withLineEnd(fields: string): string {
  const text = fields.replace(/\r?\n/g, '\r\n')
  return text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`
}
