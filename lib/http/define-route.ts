/**
 * The only way to make a route handler of ours. GET only: whatever changes something is a server action. Answers are
 * never stored, and a page of another site cannot read them (Fetch Metadata, beside the browser's own rules).
 */
import type { z } from 'zod'
import { type Actor, forbidden } from '#lib/accounts/index.ts'
import { isPermitted, type Permission } from '#lib/accounts/permissions.ts'
import { currentSession } from '#lib/auth/current-session.ts'
import type { AppErrorCode } from '#lib/errors/app-error.ts'
import { signedOut } from './define-action.ts'
import { isOwnOrigin } from './origin.ts'
import { refusalOf } from './refusals.ts'
import { refuseUnwritable } from './unwritable-text.ts'

const statusOf: Record<AppErrorCode, number> = {
  invalid_input: 400,
  not_signed_in: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many_attempts: 429,
  unavailable: 503,
}

/** For SWR: JSON for the person who is signed in. */
export function defineRoute<S extends z.ZodType>(
  query: S,
  permission: Permission,
  perform: (actor: Actor, input: z.output<S>) => Promise<unknown>,
): (request: Request) => Promise<Response> {
  return answerWith(async (request) => perform(await permittedActor(permission), queryOf(request, query)))
}

/** The same for everybody; the use-case is told who is signed in, if anybody is. */
export function defineOpenRoute(
  perform: (actor: Actor | null) => Promise<unknown>,
): (request: Request) => Promise<Response> {
  return answerWith(async () => perform((await currentSession())?.actor ?? null))
}

function answerWith(work: (request: Request) => Promise<unknown>): (request: Request) => Promise<Response> {
  return answeredBy(async (request) => Response.json(await work(request), { headers: { 'Cache-Control': 'no-store' } }))
}

function answeredBy(work: (request: Request) => Promise<Response>): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      if (isCrossSite(request.headers)) throw forbidden('cross-site read')
      return await work(request)
    } catch (error) {
      const { code, message } = await refusalOf(error)
      return Response.json({ code, message }, { status: statusOf[code], headers: { 'Cache-Control': 'no-store' } })
    }
  }
}

function isCrossSite(headers: Headers): boolean {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site') ?? 'same-origin'
  return (origin !== null && !isOwnOrigin(origin)) || (site !== 'same-origin' && site !== 'none')
}

export type Download = {
  readonly fileName: string
  readonly type: string
  readonly content: AsyncIterable<string> | ReadableStream<Uint8Array>
}

/** A file for the person who is signed in; a long one is sent as it is made. */
export function defineDownload<S extends z.ZodType>(
  query: S,
  permission: Permission,
  perform: (actor: Actor, input: z.output<S>) => Promise<Download>,
): (request: Request) => Promise<Response> {
  return answeredBy(async (request) => {
    const { fileName, type, content } = await perform(await permittedActor(permission), queryOf(request, query))
    const headers = { 'Cache-Control': 'no-store', 'Content-Disposition': `attachment; filename="${fileName}"` }
    return new Response(content instanceof ReadableStream ? content : streamOf(content), {
      headers: { ...headers, 'Content-Type': type },
    })
  })
}

function streamOf(content: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const parts = content[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const part = await parts.next()
      if (part.done) controller.close()
      else controller.enqueue(encoder.encode(part.value))
    },
  })
}

async function permittedActor(permission: Permission): Promise<Actor> {
  const session = await currentSession()
  if (session === null) throw signedOut()
  if (!isPermitted(session.actor.role, permission)) throw forbidden(`${session.actor.role} for ${permission}`)
  return session.actor
}

function queryOf<S extends z.ZodType>(request: Request, query: S): z.output<S> {
  const asked = Object.fromEntries(new URL(request.url).searchParams)
  refuseUnwritable(asked)
  return query.parse(asked)
}
