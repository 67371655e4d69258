import { isIP } from 'node:net'
import { headers } from 'next/headers'
import { browserCookie } from '#lib/auth/known-browser.ts'
import type { Visitor } from '#lib/auth/web-sessions.ts'

/**
 * Where the request came from. The portal's server (portal-server.ts) writes X-Forwarded-For itself and believes only
 * configured proxies, so the last address is one that nobody could make up.
 */
export async function visitor(): Promise<Visitor> {
  const given = await headers()
  const last = given.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  const address = last.replace(/^::ffff:(?=\d+\.)/, '')
  const userAgent = given.get('user-agent') ?? ''
  return { address: isIP(address) === 0 ? '0.0.0.0' : address, userAgent, memory: browserCookie }
}
