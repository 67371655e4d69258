/** Secrets that are kept to be used again, sealed, and codes and tokens of which a digest is kept. */
import { createHash, randomBytes } from 'node:crypto'
import { createApiToken } from '#lib/api-tokens/manage-tokens.ts'
import type { Session } from '#lib/auth/web-sessions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { importPassword } from '#lib/inherited-passwords/import-password.ts'
import { saveSource } from '#lib/migration/save-source.ts'
import { startBatch } from '#lib/migration/start-batch.ts'
import { beginApp, readApp } from '#lib/second-step/authenticator-app.ts'
import { issueRecoveryCodes } from '#lib/second-step/recovery-codes.ts'
import { addEndpoint } from '#lib/webhooks/manage-endpoints.ts'
import type { Plant, Secret } from './plant-secrets.ts'

const newSecret = () => randomBytes(18).toString('base64url')
const times = (count: number) => Array.from({ length: count }, (_, index) => index)
/** Connected to, and closed. */
const oldServer = { kind: 'IMAP', host: '127.0.0.1', imapPort: 9 } as const

/** Of people who have accounts and no mailbox: nobody signs in as one of them. */
async function sessionsOfPeople(count: number): Promise<Session[]> {
  const accounts = await prisma().portalAccount.findMany({ where: { login: { startsWith: 'person' } }, take: count })
  return accounts.map(({ id: accountId, login }) => {
    const actor = { accountId, role: 'SUBSCRIBER', customerId: null } as const
    return { id: crypto.randomUUID(), actor, login, displayName: '', confirmedAt: new Date() }
  })
}

export const authenticatorApps: Plant = async (_ground, count) => {
  const secrets: Secret[] = []
  for (const session of await sessionsOfPeople(count)) {
    await beginApp(session)
    const app = await readApp(session)
    if (app.status !== 'begun') throw new Error(app.status)
    secrets.push([app.key, app.key.replaceAll(' ', '')])
  }
  return secrets
}

export const recoveryCodes: Plant = async (_ground, count) => {
  const codes: string[] = []
  for (const session of await sessionsOfPeople(count / 10)) codes.push(...(await issueRecoveryCodes(session)))
  return codes.map((code) => [code, code.replaceAll('-', '')])
}

export const webhookSecrets: Plant = async ({ engine: { operator } }, count) => {
  const secrets: Secret[] = []
  for (const index of times(count)) {
    const order = { url: `https://hook${index}.example.net/x`, description: 'x', types: ['policy.rollout' as const] }
    secrets.push([(await addEndpoint(operator, order)).secret])
  }
  return secrets
}

export const apiTokens: Plant = async ({ engine: { operator } }, count) => {
  const secrets: Secret[] = []
  for (const index of times(count)) {
    const { token } = await createApiToken(operator, { name: `token ${index}`, scopes: ['events:read'], days: 1 })
    secrets.push([token])
  }
  return secrets
}

export const masterPasswords: Plant = async ({ engine: { operator } }, count) => {
  const passwords = times(count).map(newSecret)
  for (const [index, masterPassword] of passwords.entries()) {
    await saveSource(operator, { ...oldServer, name: `old ${index}`, loginForm: '{login}*master', masterPassword })
  }
  return passwords.map((password) => [password])
}

/** A worker tries them at the old server, which hangs up. */
export const passwordsOfOldMailboxes: Plant = async ({ engine: { operator }, people: { owners } }, count) => {
  const lines = owners.slice(0, count).map(({ address }) => ({ address, password: newSecret() }))
  const { id: sourceId } = await saveSource(operator, { ...oldServer, name: 'old' })
  const list = lines.map(({ address, password }) => `${address},old,${password}`).join('\n')
  await startBatch(operator, { sourceId, list, isFinal: false })
  return lines.map(({ password }) => [password])
}

export const inheritedPasswords: Plant = async ({ engine: { operator }, people: { owners } }, count) => {
  const secrets: Secret[] = []
  for (const { address } of owners.slice(0, count)) {
    const password = newSecret()
    const digest = createHash('sha256').update(password).digest()
    await importPassword(operator, { address, hash: `{SHA256.b64}${digest.toString('base64')}` })
    secrets.push([password, digest])
  }
  return secrets
}
