/** The URL of an endpoint: HTTPS without a user in it; on a trial machine HTTP too. */
import { isLoopbackUrl } from '#lib/env/web.ts'

const MAX_LENGTH = 500

/** @returns null for what no webhook is sent to */
export function parseWebhookUrl(text: string, portalUrl: string): URL | null {
  const url = text.length <= MAX_LENGTH ? URL.parse(text) : null
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return null
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackUrl(portalUrl)) ? url : null
}

/** "[::1]" in a URL is the address ::1. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}
