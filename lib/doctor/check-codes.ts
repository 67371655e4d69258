/**
 * Codes for visitors: a quarter of an hour long, one browser finds its own attempts by the code that it was given.
 * Refuses more than a few codes for one address and a flood of them altogether: each live code is one that could be
 * guessed.
 */
import { attemptKeyFrom } from '#lib/attempts/attempt-key.ts'
import { checkCodeHash, checkCodeSeconds, generateCheckCode } from '#lib/attempts/check-code.ts'
import { placeOf } from '#lib/attempts/place.ts'
import { prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { AppError } from '#lib/errors/app-error.ts'

export type CheckCode = { readonly code: string; readonly expiresAt: string }

const MAX_PER_ORIGIN = 10
const MAX_LIVE = 5_000

const hashOf = (code: string) => new Uint8Array(checkCodeHash(attemptKeyFrom(secretsEnv().masterKey), code))

export async function issueCheckCode(address: string): Promise<CheckCode> {
  const { origin } = placeOf(address)
  await prisma().checkCode.deleteMany({ where: { expiresAt: { lt: new Date() } } })
  const [ofOrigin, live] = await Promise.all([
    prisma().checkCode.count({ where: { origin } }),
    prisma().checkCode.count(),
  ])
  if (ofOrigin >= MAX_PER_ORIGIN || live >= MAX_LIVE) throw tooManyCodes(origin)
  const code = generateCheckCode()
  const expiresAt = new Date(Date.now() + checkCodeSeconds * 1_000)
  await prisma().checkCode.create({ data: { hash: hashOf(code), origin, expiresAt } })
  return { code, expiresAt: expiresAt.toISOString() }
}

/** @returns null for a code that was never given out or has run out */
export async function findCheckCode(code: string) {
  const row = await prisma().checkCode.findUnique({ where: { hash: hashOf(code) } })
  return row !== null && row.expiresAt > new Date() ? row : null
}

function tooManyCodes(origin: string): AppError {
  return new AppError('too_many_attempts', `check codes for ${origin}`, {
    ja: '番号の発行が続いたため、新しい番号を出せません。15分ほど待ってから、もう一度お試しください。いま表示されている番号は、そのままお使いになれます。',
    en: 'Too many codes were asked for. Wait for a quarter of an hour, then try again. A code that you already have goes on working.',
  })
}
