/** What every answer of the portal carries, redirects, files and errors too: so a browser protects its reader. */
import type { ServerResponse } from 'node:http'
import { webEnv } from '#lib/env/web.ts'
import { dataPolicy } from './content-security-policy.ts'

const headers: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  // A page puts its own in its place (proxy.ts).
  'Content-Security-Policy': dataPolicy,
}

export function setProtectiveHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (webEnv().isHttps) response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
}
