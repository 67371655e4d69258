import { mtaStsEnv } from '#lib/env/mta-sts.ts'
import { siteEnv } from '#lib/env/site.ts'
import { mtaStsPolicy } from '#lib/published-dns/mta-sts-policy.ts'

export const dynamic = 'force-dynamic'

/** For the name mta-sts.<domain> (RFC 8461 §3.3). */
export function GET(): Response {
  const policy = mtaStsPolicy(mtaStsEnv().mode, siteEnv().hosts.old)
  return new Response(policy, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}
