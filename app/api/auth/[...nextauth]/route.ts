import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { nextAuthOptions } from '#lib/auth/next-auth-options.ts'
import { webEnv } from '#lib/env/web.ts'
import { isOwnOrigin } from '#lib/http/origin.ts'

type Context = { readonly params: Promise<{ nextauth: string[] }> }

/** What there is of next-auth here. Its own pages are not ours, and "_log" would write what anybody sends into our log. */
const served: Readonly<Record<string, readonly string[]>> = {
  GET: ['csrf', 'error', 'providers', 'session', 'signin', 'signout'],
  POST: ['callback', 'signin', 'signout'],
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const [action = ''] = (await context.params).nextauth
  if (!served[request.method]?.includes(action)) return new Response('Not found', { status: 404 })
  process.env.NEXTAUTH_URL ??= webEnv().portalUrl
  return NextAuth(request, context, nextAuthOptions())
}

export function GET(request: NextRequest, context: Context) {
  return handle(request, context)
}

/** next-auth asks for its own token against cross-site requests; ours is refused before that. */
export function POST(request: NextRequest, context: Context) {
  if (!isOwnOrigin(request.headers.get('origin'))) return new Response('Forbidden', { status: 403 })
  return handle(request, context)
}
