/**
 * An Idempotency-Key makes a POST safe to repeat: the work is done once, and the same answer given for a day.
 *
 * Crash points: a process that dies at work leaves its key taken; the repeat is told that the outcome is not known and
 * to look, because doing it again could do it twice. Secrets are not kept: a repeated answer has null in their place.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { prisma } from '#lib/db/prisma.ts'
import { ApiError } from './problem.ts'

export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,100}$/)

export type Kept = { readonly status: number; readonly body: unknown }
type Request = {
  readonly tokenId: string
  readonly key: string
  readonly text: string
  readonly secrets: readonly string[]
}

const DAY_MS = 86_400_000

export async function oncePerKey({ tokenId, key, text, secrets }: Request, work: () => Promise<Kept>): Promise<Kept> {
  const requestHash = new Uint8Array(createHash('sha256').update(text).digest())
  await prisma().apiAnswer.deleteMany({ where: { createdAt: { lt: new Date(Date.now() - DAY_MS) } } })
  const { count } = await prisma().apiAnswer.createMany({ data: [{ tokenId, key, requestHash }], skipDuplicates: true })
  if (count === 0) return earlierAnswer(tokenId, key, requestHash)
  const place = { tokenId_key: { tokenId, key } }
  try {
    const kept = await work()
    await prisma().apiAnswer.update({ where: place, data: { status: kept.status, body: without(kept.body, secrets) } })
    return kept
  } catch (error) {
    await prisma().apiAnswer.delete({ where: place })
    throw error
  }
}

async function earlierAnswer(tokenId: string, key: string, requestHash: Uint8Array): Promise<Kept> {
  const earlier = await prisma().apiAnswer.findUnique({ where: { tokenId_key: { tokenId, key } } })
  if (earlier !== null && !Buffer.from(earlier.requestHash).equals(requestHash)) throw keyReused()
  if (earlier === null || earlier.status === null) throw outcomeUnknown()
  return { status: earlier.status, body: earlier.body }
}

function without(body: unknown, secrets: readonly string[]) {
  const copy = { ...(body as Record<string, never>) }
  return Object.fromEntries(Object.entries(copy).map(([name, value]) => [name, secrets.includes(name) ? null : value]))
}

function keyReused(): ApiError {
  return new ApiError('key_reused', {
    ja: 'この Idempotency-Key は、別の内容の要求で使われています。何も変更されていません。',
    en: 'This Idempotency-Key was used for another request. Nothing was changed.',
  })
}

function outcomeUnknown(): ApiError {
  return new ApiError('conflict', {
    ja: '同じ Idempotency-Key の要求が処理中か、途中で終わりました。一覧で結果を確かめてください。',
    en: 'A request with this Idempotency-Key is being worked on, or broke off. Look up what came of it.',
  })
}
