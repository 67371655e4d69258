/**
 * Cross-site requests. A change must come from a page of this portal: its Origin must be there and be ours. Compared
 * with the configured address, never with Host or X-Forwarded-Host, which the sender of a request can choose.
 */
import { isLoopbackUrl, loopbackNames, webEnv } from '#lib/env/web.ts'

/** On a trial machine every name of the loopback interface is the same place. */
export function ownOrigins(portalUrl: string): readonly string[] {
  const { protocol, port, origin } = new URL(portalUrl)
  if (!isLoopbackUrl(portalUrl)) return [origin]
  return loopbackNames.map((name) => `${protocol}//${name}${port === '' ? '' : `:${port}`}`)
}

export function isOwnOrigin(origin: string | null, portalUrl = webEnv().portalUrl): boolean {
  return origin !== null && ownOrigins(portalUrl).includes(origin)
}
