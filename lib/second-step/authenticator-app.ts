/**
 * An authenticator app as the second step of a subscriber's sign-in (TOTP, RFC 6238: SHA-1, six digits, 30 seconds, as
 * all of these apps have it). Its secret is kept in an envelope.
 *
 * Guarantees: a code is taken once, and none of an earlier step after it (§5.2); the phone's clock may be one step off.
 */
import { generateSecret, generateURI, verify } from 'otplib'
import { z } from 'zod'
import { recordForAccount } from '#lib/accounts/owner-notice.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { isConfirmed, requireConfirmed } from '#lib/auth/confirmation.ts'
import type { Session } from '#lib/auth/web-sessions.ts'
import { type AuthenticatorAppModel, prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { siteEnv } from '#lib/env/site.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { createEnvelope } from '#lib/seal/envelope.ts'

export const appCode = z
  .string()
  .transform((text) => text.normalize('NFKC').replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))

/** `begun`: its owner has not shown a code yet; `uri` is for the camera of the phone, `key` to be typed. */
export type AppState =
  | { readonly status: 'off' | 'on' }
  | { readonly status: 'begun'; readonly uri: string; readonly key: string }

const STEP_SECONDS = 30
const GROUPS_OF_FOUR = /(.{4})(?=.)/g

const envelope = () => createEnvelope(secretsEnv().masterKey, 'authenticator-app')

export function currentStep(now = Date.now()): number {
  return Math.floor(now / 1_000 / STEP_SECONDS)
}

/** A secret that counts for nothing until its owner has shown a code. @throws AppError forbidden, conflict */
export async function beginApp(session: Session): Promise<void> {
  const { actor } = session
  requirePermission(actor, 'authenticatorApp.change')
  requireConfirmed(session)
  const { accountId } = actor
  const fresh = sealed(generateSecret(), accountId)
  await prisma().$transaction(async (transaction) => {
    await transaction.authenticatorApp.deleteMany({ where: { accountId, confirmedAt: null } })
    if ((await transaction.authenticatorApp.count({ where: { accountId } })) > 0) throw hasOne()
    await transaction.authenticatorApp.create({ data: { accountId, ...fresh } })
  })
}

/** The secret is shown to its owner until the first code is there, and only while the session is confirmed. */
export async function readApp(session: Session): Promise<AppState> {
  const { actor, login } = session
  requirePermission(actor, 'authenticatorApp.change')
  const { accountId } = actor
  const app = await prisma().authenticatorApp.findUnique({ where: { accountId } })
  if (app === null) return { status: 'off' }
  if (app.confirmedAt !== null) return { status: 'on' }
  if (!isConfirmed(session)) return { status: 'off' }
  const secret = envelope().open(app, accountId).toString()
  const uri = generateURI({ issuer: siteEnv().name.en, label: login, secret })
  return { status: 'begun', uri, key: secret.replaceAll(GROUPS_OF_FOUR, '$1 ') }
}

export const confirmAppInput = z.object({ code: appCode })

/** @throws AppError forbidden, conflict (the code is not right, or nothing was begun) */
export async function confirmApp(session: Session, input: z.output<typeof confirmAppInput>): Promise<void> {
  const { actor } = session
  requirePermission(actor, 'authenticatorApp.change')
  requireConfirmed(session)
  const { accountId } = actor
  const app = await prisma().authenticatorApp.findUnique({ where: { accountId } })
  if (app === null || app.confirmedAt !== null || !(await takesCode(app, input.code))) throw wrongCode()
  await prisma().$transaction(async (transaction) => {
    await transaction.authenticatorApp.update({ where: { accountId }, data: { confirmedAt: new Date() } })
    await recordForAccount(transaction, actor, { action: 'authenticatorApp.add' })
  })
}

/** @throws AppError forbidden */
export async function removeApp(session: Session): Promise<void> {
  const { actor } = session
  requirePermission(actor, 'authenticatorApp.change')
  requireConfirmed(session)
  await prisma().$transaction(async (transaction) => {
    const { count } = await transaction.authenticatorApp.deleteMany({ where: { accountId: actor.accountId } })
    if (count > 0) await recordForAccount(transaction, actor, { action: 'authenticatorApp.remove' })
  })
}

export async function hasApp(accountId: string): Promise<boolean> {
  return (await prisma().authenticatorApp.count({ where: { accountId, confirmedAt: { not: null } } })) > 0
}

/** @returns whether it is a code of the account's app that was not taken before; it is then */
export async function takeAppCode(accountId: string, code: string): Promise<boolean> {
  const app = await prisma().authenticatorApp.findFirst({ where: { accountId, confirmedAt: { not: null } } })
  return app !== null && takesCode(app, code)
}

async function takesCode(app: AuthenticatorAppModel, token: string): Promise<boolean> {
  const { accountId, lastStep } = app
  const secret = envelope().open(app, accountId).toString()
  const result = await verify({ secret, token, epochTolerance: STEP_SECONDS, afterTimeStep: lastStep })
  if (!result.valid || !('timeStep' in result)) return false
  const { count } = await prisma().authenticatorApp.updateMany({
    where: { accountId, lastStep },
    data: { lastStep: result.timeStep },
  })
  return count > 0
}

function sealed(secret: string, accountId: string) {
  const { sealedKey, sealedSecret } = envelope().close(Buffer.from(secret), accountId)
  return { sealedKey: new Uint8Array(sealedKey), sealedSecret: new Uint8Array(sealedSecret) }
}

function wrongCode(): AppError {
  return new AppError('conflict', 'the first code of an authenticator app is not right', {
    ja: 'コードが合いません。スマートフォンの時刻が合っているかを確かめて、アプリにいま表示されている6桁を入力してください。まだ何も変更されていません。',
    en: 'The code is not right. Check that the clock of the phone is right, and enter the six digits that the app shows now. Nothing was changed.',
  })
}

function hasOne(): AppError {
  return new AppError('conflict', 'has an authenticator app', {
    ja: '認証アプリはすでに登録されています。取り替えるには、先に登録を解除してください。',
    en: 'An authenticator app is registered already. To replace it, remove it first.',
  })
}
