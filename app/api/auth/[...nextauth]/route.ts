import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { nextAuthOptions } from '#lib/auth/next-auth-options.ts'
import { webEnv } from '#lib/env/web.ts'
import { isOwnOrigin } from '#lib/http/origin.ts'

type Context = { readonly params: Promise<{ nextauth: string[] }> }

function handle(request: NextRequest, context: Context) {
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
