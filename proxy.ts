/**
 * Before every page: what it may load, that nobody keeps it, and its language. No authorisation happens here; that is the data
 * layer's, where it cannot be bypassed by an odd URL or a forged internal header.
 */
import { type NextRequest, NextResponse } from 'next/server'
import createIntlProxy from 'next-intl/middleware'
import { webEnv } from '#lib/env/web.ts'
import { dataPolicy, newNonce, pagePolicy } from '#lib/http/content-security-policy.ts'
import { routing } from '#lib/i18n/routing.ts'

const chooseLanguage = createIntlProxy(routing)

/** What machines ask for: it has no language. */
const DATA_PATH = /^\/(?:api|g|healthz|ca\.crt|mail|\.well-known|autodiscover)(?:\/|$)/i

/** Exchange's paths have no case: Outlook asks for /Autodiscover/Autodiscover.xml. */
const CASELESS_PATH = /^\/autodiscover\//i

/** Next reads its nonce from the request's own policy header, so a sender must not be able to supply one. */
const UNTRUSTED_HEADERS = [
  'content-security-policy',
  'content-security-policy-report-only',
  'x-nonce',
  'x-next-intl-locale',
  'x-middleware-subrequest',
]

export function proxy(request: NextRequest): NextResponse {
  for (const name of UNTRUSTED_HEADERS) request.headers.delete(name)
  return DATA_PATH.test(request.nextUrl.pathname) ? passData(request) : passPage(request)
}

function passData(request: NextRequest): NextResponse {
  const passed = { request: { headers: new Headers(request.headers) } }
  const path = request.nextUrl.pathname
  const lower = path.toLowerCase()
  if (path === lower || !CASELESS_PATH.test(path)) return protect(NextResponse.next(passed), dataPolicy)
  const url = request.nextUrl.clone()
  url.pathname = lower
  return protect(NextResponse.rewrite(url, passed), dataPolicy)
}

function passPage(request: NextRequest): NextResponse {
  const { isHttps } = webEnv()
  const policy = pagePolicy(newNonce(), { isHttps, isDevelopment: process.env.NODE_ENV === 'development' })
  request.headers.set('content-security-policy', policy)
  return protect(chooseLanguage(request), policy)
}

function protect(response: NextResponse, policy: string): NextResponse {
  response.headers.set('Content-Security-Policy', policy)
  response.headers.set('Cache-Control', 'private, no-store')
  return response
}

export const config = { matcher: ['/((?!_next/static/|icon\\.svg$).*)'] }
