/**
 * One POST to an endpoint.
 *
 * Guarantees: the connection goes to an address that was looked at, not to what the name means a moment later; no
 * redirect is followed; an answer is waited for ten seconds at the most, and only its status is read.
 * Refuses: addresses that are not public, unless the policy names them, also where the URL has them written out.
 */
import { lookup } from 'node:dns/promises'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { hostOf } from '#lib/webhooks/webhook-url.ts'

export type WebhookPost = {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly mayReach: (address: string) => boolean
}

/** `status` is null when no answer came; `problem` then says why. */
export type PostOutcome = { readonly status: number | null; readonly problem: string | null }

export type Resolve = (host: string) => Promise<readonly string[]>

const PATIENCE_MS = 10_000

export async function resolveHost(host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host]
  return (await lookup(host, { all: true })).map(({ address }) => address)
}

export async function postWebhook(post: WebhookPost, resolve: Resolve = resolveHost): Promise<PostOutcome> {
  try {
    const addresses = await resolve(hostOf(post.url))
    const forbidden = addresses.find((address) => !post.mayReach(address))
    const [pinned] = addresses
    if (pinned === undefined) return failed('the name has no address')
    if (forbidden !== undefined) return failed('the name leads to an address that webhooks may not reach')
    return { status: await send(post, pinned), problem: null }
  } catch (error) {
    return failed(error instanceof Error ? (codeOf(error) ?? error.message) : 'unknown')
  }
}

function send({ url, headers, body }: WebhookPost, address: string): Promise<number> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  const options = {
    method: 'POST',
    agent: false,
    lookup: alwaysTo(address),
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  }
  return new Promise((resolve, reject) => {
    const asked = request(url, options, (answer) => {
      resolve(answer.statusCode ?? 0)
      answer.destroy()
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** What was checked is what is connected to: a second look-up could answer otherwise (DNS rebinding). */
function alwaysTo(address: string): LookupFunction {
  const family = isIP(address)
  return (_host, { all }, done) => {
    if (all === true) done(null, [{ address, family }])
    else done(null, address, family)
  }
}

function failed(problem: string): PostOutcome {
  return { status: null, problem: problem.slice(0, 200) }
}

function codeOf(error: Error): string | null {
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' ? code : null
}
