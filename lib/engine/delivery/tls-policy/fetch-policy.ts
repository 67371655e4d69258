/**
 * Fetches a domain's MTA-STS policy over HTTPS (RFC 8461 §3.3).
 *
 * Guarantees: a valid certificate for mta-sts.<domain>, no redirect, text/plain, 64 KiB and a minute at the most. The
 * domain is whatever a sender wrote, so only hosts that mail may be sent to are asked: nobody makes us knock at the
 * site's inner network.
 */
import { type RequestOptions, request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { MailResolver } from '../relay/mail-resolver.ts'

export type PolicyFetchParts = {
  readonly resolver: MailResolver
  readonly mayConnectTo: (address: string) => boolean
  /** 443 but in tests */
  readonly policyPort: number
}

export type FetchFailure = 'sts-policy-fetch-error' | 'sts-webpki-invalid'

export class PolicyNotFetched extends Error {
  readonly failure: FetchFailure

  constructor(message: string, failure: FetchFailure) {
    super(message)
    this.failure = failure
  }
}

const MAX_BYTES = 65_536
const DEADLINE_MS = 60_000

export function fetchPolicyText(domain: string, parts: PolicyFetchParts): Promise<string> {
  const options: RequestOptions = {
    host: `mta-sts.${domain}`,
    port: parts.policyPort,
    path: '/.well-known/mta-sts.txt',
    lookup: guardedLookup(parts),
    agent: false,
    signal: AbortSignal.timeout(DEADLINE_MS),
  }
  return new Promise((resolve, reject) => {
    const fail = (message: string, failure: FetchFailure = 'sts-policy-fetch-error') =>
      reject(new PolicyNotFetched(message, failure))
    const asked = request(options, (response) => {
      const isText = /^text\/plain(?:;|$)/i.test(response.headers['content-type'] ?? '')
      if (response.statusCode !== 200 || !isText) {
        fail(`answered ${response.statusCode} ${response.headers['content-type']}`)
        asked.destroy()
        return
      }
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > MAX_BYTES) asked.destroy(new Error('the policy is too long'))
        else chunks.push(chunk)
      })
      response.on('end', () => resolve(Buffer.concat(chunks).toString()))
      response.on('error', (error) => fail(error.message))
    })
    asked.on('error', (error: NodeJS.ErrnoException) =>
      fail(error.message, isCertificateFault(error.code) ? 'sts-webpki-invalid' : 'sts-policy-fetch-error'),
    )
    asked.end()
  })
}

function isCertificateFault(code: string | undefined): boolean {
  return /^(?:CERT_|ERR_TLS_CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_)/.test(code ?? '')
}

function guardedLookup({ resolver, mayConnectTo }: PolicyFetchParts): LookupFunction {
  return (host, _options, done) => {
    resolver.addresses(host).then(
      (addresses) => {
        const allowed = addresses.filter(mayConnectTo)
        if (allowed.length === 0) done(new Error(`${host} has no public address`), [])
        else
          done(
            null,
            allowed.map((address) => ({ address, family: isIP(address) })),
          )
      },
      (error: Error) => done(error, []),
    )
  }
}
