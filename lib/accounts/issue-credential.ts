/**
 * A new credential for one device or mail client. The password leaves this function once; it is kept, in an envelope,
 * only where its owner asked for CRAM-MD5 and APOP.
 */
import { z } from 'zod'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { type CredentialModel, type MailboxModel, type Prisma, prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { currentPolicy, offersChallengeLogins } from '#lib/policy/index.ts'
import type { Actor } from './actor.ts'
import { accessibleMailbox } from './mailbox-access.ts'
import { envelopeContext, recoverableSecrets } from './recoverable-secret.ts'
import { generateSecret, generateUsername, pepperFrom, scramKeysOf, verifierOf } from './secret.ts'
import { type CredentialView, credentialScopes, credentialView } from './views.ts'

/** The border for what a person calls a credential: one line, no control characters. */
export const credentialLabel = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u)

export const issueCredentialInput = z.strictObject({
  mailboxId: z.int().positive(),
  label: credentialLabel,
  clientId: z
    .string()
    .max(60)
    .regex(/^[a-z0-9-]+$/)
    .nullable(),
  scopes: z.array(z.enum(credentialScopes)).min(1),
  expiresAt: z.date().nullable(),
  /** for programs that only know CRAM-MD5 or APOP: the password is kept */
  isRecoverable: z.boolean().default(false),
})

export type IssueCredentialInput = z.input<typeof issueCredentialInput>

const MAX_CURRENT_CREDENTIALS = 30
const USERNAME_TRIES = 5

/**
 * @returns the credential and, only here and now, its password
 * @throws AppError not_found (not this actor's mailbox), invalid_input, conflict (too many credentials, or nothing here
 *   takes CRAM-MD5 or APOP)
 */
export async function issueCredential(
  actor: Actor,
  input: IssueCredentialInput,
): Promise<{ credential: CredentialView; password: string }> {
  const order = issueCredentialInput.parse(input)
  const mailbox = await accessibleMailbox(actor, order.mailboxId, 'manage')
  if (order.expiresAt !== null && order.expiresAt.getTime() <= Date.now()) throw expiryInThePast()
  if (order.isRecoverable && !offersChallengeLogins((await currentPolicy()).document)) throw noChallengeLogins()
  return prisma().$transaction((transaction) => createCredential(transaction, actor, mailbox, order))
}

type CredentialOrder = Omit<z.output<typeof issueCredentialInput>, 'mailboxId'>

/**
 * For callers that know whose mailbox it is, in their own transaction.
 * @throws AppError conflict (too many credentials)
 */
export async function createCredential(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  { id: mailboxId, login, domain, scramSalt }: MailboxModel,
  { label, clientId, scopes, expiresAt, isRecoverable }: CredentialOrder,
): Promise<{ credential: CredentialView; password: string }> {
  const password = generateSecret()
  const { storedKey, serverKey } = scramKeysOf(password, scramSalt)
  const verifier = verifierOf(password, pepperFrom(secretsEnv().masterKey))
  await transaction.$executeRaw`SELECT 1 FROM mailboxes WHERE id = ${mailboxId} FOR UPDATE`
  const current = await transaction.credential.count({ where: { mailboxId, revokedAt: null } })
  if (current >= MAX_CURRENT_CREDENTIALS) throw tooManyCredentials()
  const created = await transaction.credential.create({
    data: {
      mailboxId,
      label,
      clientId,
      username: await freeUsername(login, domain),
      verifier: new Uint8Array(verifier),
      scramStoredKey: new Uint8Array(storedKey),
      scramServerKey: new Uint8Array(serverKey),
      scopes: [...new Set(scopes)],
      expiresAt,
    },
  })
  const row = isRecoverable ? await keepSecret(transaction, created, password) : created
  await appendAudit(transaction, {
    actorId: actor.accountId,
    action: 'credential.issue',
    subject: `credential:${row.id}`,
    mailboxId,
    reason: '',
    details: { label, scopes, expiresAt: expiresAt?.toISOString() ?? null, isRecoverable },
  })
  return { credential: credentialView(row), password }
}

function keepSecret(transaction: Prisma.TransactionClient, { id, mailboxId }: CredentialModel, password: string) {
  const context = envelopeContext({ mailboxId, credentialId: id })
  const { sealedKey, sealedSecret } = recoverableSecrets(secretsEnv().masterKey).close(Buffer.from(password), context)
  return transaction.credential.update({
    where: { id },
    data: { sealedKey: new Uint8Array(sealedKey), sealedSecret: new Uint8Array(sealedSecret) },
  })
}

/** A user name must not be some mailbox's login: the engine would not know which of the two was meant. */
async function freeUsername(login: string, domain: string): Promise<string> {
  for (let tries = 0; tries < USERNAME_TRIES; tries += 1) {
    const username = generateUsername(login)
    const [mailbox, credential] = await Promise.all([
      prisma().mailbox.findUnique({ where: { domain_login: { domain, login: username } } }),
      prisma().credential.findUnique({ where: { username } }),
    ])
    if (mailbox === null && credential === null) return username
  }
  throw new AppError('unavailable', `no free user name for ${login}`, {
    ja: 'ユーザー名を用意できませんでした。もう一度お試しください。何も発行されていません。',
    en: 'No user name could be made. Try again. Nothing was issued.',
  })
}

function expiryInThePast(): AppError {
  return new AppError('invalid_input', 'expiry in the past', {
    ja: '有効期限が過去の日時です。これからの日時を選んでください。',
    en: 'The expiry date is in the past. Choose a later one.',
  })
}

function noChallengeLogins(): AppError {
  return new AppError('conflict', 'no listener takes CRAM-MD5 or APOP', {
    ja: 'このサーバーでは、いま CRAM-MD5 と APOP を使えません。その項目を外して、もう一度発行してください。何も発行されていません。',
    en: 'CRAM-MD5 and APOP are not offered here at present. Leave that option out and try again. Nothing was issued.',
  })
}

function tooManyCredentials(): AppError {
  return new AppError('conflict', 'too many credentials', {
    ja: `パスワードは${MAX_CURRENT_CREDENTIALS}個まで発行できます。使っていないものを取り消してから、もう一度発行してください。`,
    en: `You can have ${MAX_CURRENT_CREDENTIALS} passwords. Revoke one that you no longer use, then issue a new one.`,
  })
}
