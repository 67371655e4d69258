/**
 * One request of a program, from its bytes to its answer: who asks, how often, what for, whether it is well formed. The
 * use-case then authorises by itself, by the scopes that the actor brings.
 */
import { z } from 'zod'
import { holderOf, recordUse, type TokenHolder } from '#lib/api-tokens/use-token.ts'
import { inClearHeader } from '#lib/http/forwarded-for.ts'
import { refuseUnwritable } from '#lib/http/unwritable-text.ts'
import { findOperation } from './find-operation.ts'
import { idempotencyKey, type Kept, oncePerKey } from './once-per-key.ts'
import type { Operation } from './operation.ts'
import { ApiError, problemAnswer } from './problem.ts'
import { createRateLimit } from './rate-limit.ts'

export const basePath = '/api/v1'
const MAX_BODY_BYTES = 1_048_576

const perToken = createRateLimit(300)
const perStranger = createRateLimit(300)

/** @param address of the client, which no header can forge */
export async function answerRequest(request: Request, address: string): Promise<Response> {
  try {
    if (request.headers.has(inClearHeader)) throw inClear()
    const holder = await authenticate(request, address)
    const wait = perToken.take(holder.tokenId)
    if (wait > 0) throw tooMany(wait)
    const { pathname } = new URL(request.url)
    const { operation, params } = operationOf(request.method, pathname.slice(basePath.length))
    await recordUse(holder, operation.id, pathname.slice(0, 200), address)
    const text = await bodyText(request, operation)
    const work = async () => perform(operation, holder, inputOf(operation, params, request, text))
    const key = operation.method === 'POST' ? request.headers.get('idempotency-key') : null
    const kept = key === null ? await work() : await once(operation, holder, key, `${pathname}\n${text}`, work)
    return answerOf(kept)
  } catch (error) {
    return problemAnswer(error, languageOf(request))
  }
}

/** It is not led on to https: the token has been on the wire by now, and nobody would notice. */
function inClear(): ApiError {
  return new ApiError('forbidden', {
    ja: '暗号化されていない接続（http）では受け付けません。https で呼び出してください。送られたトークンは読み取られたおそれがあるので、取り消して作り直してください。',
    en: 'This came without TLS, and is not answered. Call by https. Whoever listened may have the token: revoke it and make another.',
  })
}

async function authenticate(request: Request, address: string): Promise<TokenHolder> {
  const [, token = ''] = /^Bearer (\S{1,200})$/i.exec(request.headers.get('authorization') ?? '') ?? []
  const holder = await holderOf(token)
  if (holder !== null) return holder
  const wait = perStranger.take(address)
  throw wait > 0 ? tooMany(wait) : noToken()
}

function operationOf(method: string, path: string) {
  const found = findOperation(method, path)
  if (found.outcome === 'found') return found
  if (found.outcome === 'otherMethods') throw otherMethod(found.allowed)
  throw new ApiError('not_found', {
    ja: 'この場所には何もありません。/api-reference に一覧があります。',
    en: 'There is nothing here. /api-reference lists what there is.',
  })
}

async function bodyText(request: Request, { body }: Operation): Promise<string> {
  if (body === undefined) return ''
  if (!/^application\/json(?:;|$)/i.test(request.headers.get('content-type') ?? '')) throw notJson()
  const bytes = await readAtMost(request, MAX_BODY_BYTES)
  return new TextDecoder().decode(bytes)
}

async function readAtMost(request: Request, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function inputOf(
  { params, query, body }: Operation,
  given: Readonly<Record<string, string>>,
  request: Request,
  text: string,
): Record<string, unknown> {
  const asked = Object.fromEntries(new URL(request.url).searchParams)
  const sent = body === undefined ? {} : jsonOf(text)
  refuseUnwritable({ ...asked, ...given, sent })
  return {
    ...(query === undefined ? {} : query.parse(asked)),
    ...(body === undefined ? {} : body.parse(sent)),
    ...(params === undefined ? {} : params.parse(given)),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notJson()
  }
}

async function perform(operation: Operation, { actor }: TokenHolder, input: Record<string, unknown>): Promise<Kept> {
  const result = await operation.perform(actor, input as never)
  if (operation.answer === undefined) return { status: 204, body: null }
  const body = operation.answer.safeParse(JSON.parse(JSON.stringify(result)))
  if (!body.success) throw new Error(`${operation.id} answers otherwise than described: ${body.error.message}`)
  return { status: operation.creates === true ? 201 : 200, body: body.data }
}

function once(
  { secrets = [] }: Operation,
  { tokenId }: TokenHolder,
  key: string,
  text: string,
  work: () => Promise<Kept>,
): Promise<Kept> {
  const checked = z.object({ 'Idempotency-Key': idempotencyKey }).parse({ 'Idempotency-Key': key })
  return oncePerKey({ tokenId, key: checked['Idempotency-Key'], text, secrets }, work)
}

function answerOf({ status, body }: Kept): Response {
  const headers = { 'Cache-Control': 'no-store' }
  return status === 204 ? new Response(null, { status, headers }) : Response.json(body, { status, headers })
}

function languageOf(request: Request): 'ja' | 'en' {
  return /^ja\b/i.test(request.headers.get('accept-language') ?? '') ? 'ja' : 'en'
}

function noToken(): ApiError {
  const text = {
    ja: '有効なトークンがありません。Authorization: Bearer で送ってください。',
    en: 'There is no valid token. Send one as Authorization: Bearer.',
  }
  return new ApiError('not_signed_in', text, { 'WWW-Authenticate': 'Bearer' })
}

function tooMany(waitSeconds: number): ApiError {
  const text = {
    ja: `要求が多すぎます。${waitSeconds}秒待ってください。`,
    en: `Too many requests. Wait ${waitSeconds} seconds.`,
  }
  return new ApiError('too_many_attempts', text, { 'Retry-After': String(waitSeconds) })
}

function otherMethod(allowed: readonly string[]): ApiError {
  const text = { ja: 'この場所では使えないメソッドです。', en: 'This method is not for this place.' }
  return new ApiError('method_not_allowed', text, { Allow: allowed.join(', ') })
}

function notJson(): ApiError {
  return new ApiError('unsupported_media_type', {
    ja: '本文は JSON（Content-Type: application/json）で送ってください。',
    en: 'Send the body as JSON (Content-Type: application/json).',
  })
}

function tooLarge(): ApiError {
  return new ApiError('too_large', { ja: '本文が大きすぎます。', en: 'The body is too large.' })
}
