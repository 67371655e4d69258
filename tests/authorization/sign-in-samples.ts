/** What the actions around signing in are sent: right in form, and where they allow it, right in all. */
import { createHash, randomBytes } from 'node:crypto'
import { generate } from 'otplib'
import type { Session } from '#lib/auth/web-sessions.ts'
import { actionNamed, passkeyAnswer, signInStaff } from '#tests/support/passkey-client.ts'
import { portalPassword } from '#tests/support/password.ts'
import { logins } from '#tests/support/portal-logins.ts'
import { type RegistrationRequest, SoftwareAuthenticator } from '#tests/support/software-authenticator.ts'
import { actionResult, WebClient } from '#tests/support/web-client.ts'
import { hasPasskey, type VisitorName } from './access-table.ts'

export type Fields = Readonly<Record<string, string | readonly string[]>>
/** What depends on who sends it, because it answers what they were asked. */
export type Sample = Fields | ((client: WebClient, visitor: VisitorName) => Promise<Fields>)
/** A function makes anew what the action is about. */
export type Samples = Readonly<Record<string, Fields | (() => Sample | Promise<Sample>)>>

export async function signInSamples(portalUrl: string): Promise<Samples> {
  const { passkeyOf } = await import('./things.ts')
  return {
    beginPasskeySignInAction: {},
    signInWithPasskeyAction: () => async (client) => ({
      answer: await passkeyAnswer(client, await anAuthenticator(portalUrl)),
    }),
    passSecondStepAction: () => secondStep,
    askForRecoveryAction: { login: logins.subscriber, channel: 'address' },
    setRecoveredPasswordAction: async () => ({ token: await recoveryLink(), newPassword: portalPassword }),
    verifyRecoveryAddressAction: async () => ({ token: await addressLink() }),
    beginConfirmationAction: {},
    confirmByPasswordAction: { password: portalPassword, code: '' },
    confirmByPasskeyAction: () => confirmation,
    changePasswordAction: { currentPassword: portalPassword, newPassword: portalPassword },
    beginRegistrationAction: {},
    registerPasskeyAction: () => registration,
    removePasskeyAction: async () => ({ passkeyId: await passkeyOf(logins.subscriber) }),
    waivePasskeyAction: {},
    beginAppAction: {},
    confirmAppAction: () => firstAppCode,
    removeAppAction: {},
    issueRecoveryCodesAction: {},
    askForRecoveryAddressAction: { address: 'family@example.net' },
    removeRecoveryAddressAction: {},
  }
}

async function anAuthenticator(portalUrl: string): Promise<SoftwareAuthenticator> {
  return signInStaff(new WebClient(portalUrl), logins.operator)
}

async function registration(client: WebClient): Promise<Fields> {
  const begun = await client.callAction(actionNamed('beginRegistrationAction'), {})
  const request = begun.body.includes('"status":"done"') ? actionResult<RegistrationRequest>(begun) : nothingAsked
  return { label: 'new', answer: new SoftwareAuthenticator(client.url).register(request) }
}

const nothingAsked = { challenge: 'AAAA', user: { id: 'AAAA' } }

/** Of staff their own passkey; of anybody else that of an operator. */
async function confirmation(client: WebClient, visitor: VisitorName): Promise<Fields> {
  const owner = hasPasskey(visitor) ? visitor : 'operator'
  const authenticator = await signInStaff(new WebClient(client.url), logins[owner as keyof typeof logins])
  const begun = await client.callAction(actionNamed('beginConfirmationAction'), {})
  const request = begun.body.includes('"status":"done"') ? actionResult<{ challenge: string }>(begun) : nothingAsked
  return { answer: authenticator.authenticate(request) }
}

async function sessionOf(login: string): Promise<Session> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { id, role, customerId, displayName } = await prisma().portalAccount.findUniqueOrThrow({ where: { login } })
  const actor = { accountId: id, role, customerId }
  return { id: crypto.randomUUID(), actor, login, displayName, confirmedAt: new Date() }
}

async function firstAppCode(_client: WebClient, visitor: VisitorName): Promise<Fields> {
  if (visitor !== 'subscriber' && visitor !== 'stranger') return { code: '000000' }
  const { beginApp, readApp } = await import('#lib/second-step/authenticator-app.ts')
  const session = await sessionOf(logins[visitor])
  await beginApp(session)
  const app = await readApp(session)
  if (app.status !== 'begun') throw new Error(app.status)
  return { code: await generate({ secret: app.key.replaceAll(' ', '') }) }
}

/** A subscriber who has the second step has given the right password in this browser. */
async function secondStep(client: WebClient): Promise<Fields> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { issueRecoveryCodes } = await import('#lib/second-step/recovery-codes.ts')
  const { beginApp } = await import('#lib/second-step/authenticator-app.ts')
  await prisma().authenticatorApp.deleteMany()
  const session = await sessionOf(logins.stranger)
  await beginApp(session)
  await prisma().authenticatorApp.updateMany({ data: { confirmedAt: new Date() } })
  const [code = ''] = await issueRecoveryCodes(session)
  await client.callAction(actionNamed('signInAction'), { login: logins.stranger, password: portalPassword })
  return { kind: 'recoveryCode', code }
}

function newToken() {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: createHash('sha256').update(token).digest() }
}

async function recoveryLink(): Promise<string> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { token, tokenHash } = newToken()
  const { accountId } = (await sessionOf(logins.stranger)).actor
  await prisma().recoveryLink.create({ data: { tokenHash, accountId, expiresAt: new Date(Date.now() + 600_000) } })
  return token
}

async function addressLink(): Promise<string> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { token, tokenHash } = newToken()
  const { accountId } = (await sessionOf(logins.stranger)).actor
  const asked = { address: 'family@example.net', tokenHash, verifiedAt: null, requestedAt: new Date() }
  await prisma().recoveryAddress.upsert({ where: { accountId }, create: { accountId, ...asked }, update: asked })
  return token
}
