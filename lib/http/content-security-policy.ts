/** What a page of the portal may load: its own files, and the scripts and styles that carry this response's nonce. */
import { randomBytes } from 'node:crypto'

const NONCE_BYTES = 18

export function newNonce(): string {
  return randomBytes(NONCE_BYTES).toString('base64')
}

export function pagePolicy(nonce: string, { isHttps, isDevelopment }: { isHttps: boolean; isDevelopment: boolean }) {
  const directives = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isHttps ? ['upgrade-insecure-requests'] : []),
  ]
  return directives.join('; ')
}

/** For answers that are data: nothing in them may run or be framed. */
export const dataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
