import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { hostName } from '#lib/env/fields.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { lockSource } from './lock-source.ts'
import { isLoginForm } from './login-form.ts'
import { masterPasswords } from './source-secrets.ts'

export const sourceKinds = ['IMAP', 'POP3', 'IMAP_AND_POP3', 'MAILDIR', 'MBOX'] as const
export const sourceTls = ['IMPLICIT', 'STARTTLS', 'NONE'] as const
export type SourceKind = (typeof sourceKinds)[number]

const fileKinds: readonly SourceKind[] = ['MAILDIR', 'MBOX']
/** Subscribers give their own password: no form of theirs may be a master user's. */
const ownLoginForm = /^(?:\{(?:login|address|domain)\}|[@%])+$/
const port = z.int().min(1).max(65_535)

export const saveSourceInput = z
  .strictObject({
    name: z.string().trim().min(1).max(60),
    kind: z.enum(sourceKinds),
    host: z.union([z.literal(''), hostName, z.ipv4(), z.ipv6()]).default(''),
    imapPort: port.default(993),
    pop3Port: port.default(995),
    tls: z.enum(sourceTls).default('IMPLICIT'),
    /** PEM of a private authority; empty: a public one */
    authority: z.string().trim().max(20_000).refine(isCertificate).default(''),
    /** below MIGRATION_DIR */
    directory: z
      .string()
      .trim()
      .max(200)
      .regex(/^(?!\/)[^\0\\]*$/)
      .refine((path) => !path.split('/').includes('..'))
      .default(''),
    loginForm: z.string().trim().max(120).refine(isLoginForm).default('{login}'),
    masterPassword: z.string().max(200).default(''),
    maxConnections: z.int().min(1).max(50).default(4),
    messagesPerSecond: z.int().min(1).max(100_000).default(200),
    selfService: z.boolean().default(false),
  })
  .refine(({ kind, host }) => fileKinds.includes(kind) || host !== '', { path: ['host'] })
  .refine(({ kind, selfService }) => !(fileKinds.includes(kind) && selfService), { path: ['selfService'] })
  .refine(({ masterPassword, selfService }) => !(masterPassword !== '' && selfService), { path: ['masterPassword'] })
  .refine(({ loginForm, selfService }) => !selfService || ownLoginForm.test(loginForm), { path: ['loginForm'] })

function isCertificate(pem: string): boolean {
  if (pem === '') return true
  try {
    return new X509Certificate(pem).ca
  } catch {
    return false
  }
}

export const changeSourceInput = z.strictObject({
  sourceId: z.uuid(),
  /** an empty master password: the one that is kept stays */
  settings: saveSourceInput,
  forgetsMasterPassword: z.boolean(),
})

/**
 * A place that mailboxes come from. Operators alone name hosts and directories: subscribers choose among them.
 * @throws AppError forbidden
 */
export async function saveSource(actor: Actor, input: z.input<typeof saveSourceInput>): Promise<{ id: string }> {
  requirePermission(actor, 'migration.change')
  const { masterPassword, ...settings } = saveSourceInput.parse(input)
  return prisma().$transaction(async (transaction) => {
    const { id } = await transaction.migrationSource.create({ data: settings })
    if (masterPassword !== '') await keepMasterPassword(transaction, id, masterPassword)
    await recordSource(transaction, actor, id, 'migrationSource.add', settings)
    return { id }
  })
}

/**
 * The master password is replaced or forgotten, and never shown.
 * @throws AppError forbidden, not_found, conflict (jobs of it are under way), invalid_input
 */
export async function changeSource(actor: Actor, input: z.input<typeof changeSourceInput>): Promise<void> {
  requirePermission(actor, 'migration.change')
  const { sourceId, settings: given, forgetsMasterPassword } = changeSourceInput.parse(input)
  const { masterPassword, ...settings } = given
  await prisma().$transaction(async (transaction) => {
    const { sealedMasterPassword } = await lockSource(transaction, sourceId, ['WAITING', 'RUNNING'])
    if (settings.selfService && sealedMasterPassword !== null && !forgetsMasterPassword) throw masterPasswordStays()
    const sealed = forgetsMasterPassword ? { sealedMasterPassword: null } : {}
    await transaction.migrationSource.update({ where: { id: sourceId }, data: { ...settings, ...sealed } })
    if (masterPassword !== '') await keepMasterPassword(transaction, sourceId, masterPassword)
    await recordSource(transaction, actor, sourceId, 'migrationSource.change', settings)
  })
}

async function keepMasterPassword(transaction: Prisma.TransactionClient, id: string, password: string): Promise<void> {
  const sealed = masterPasswords(secretsEnv().masterKey).close(Buffer.from(password), id)
  await transaction.migrationSource.update({ where: { id }, data: { sealedMasterPassword: new Uint8Array(sealed) } })
}

type Told = Pick<z.output<typeof saveSourceInput>, 'name' | 'kind' | 'host' | 'tls' | 'selfService'>

async function recordSource(
  transaction: Prisma.TransactionClient,
  { accountId }: Actor,
  id: string,
  action: string,
  { name, ...details }: Told,
): Promise<void> {
  const { kind, host, tls, selfService } = details
  await appendAudit(transaction, {
    actorId: accountId,
    action,
    subject: `migrationSource:${id}`,
    mailboxId: null,
    reason: name,
    details: { kind, host, tls, selfService },
  })
}

function masterPasswordStays(): AppError {
  return new AppError('invalid_input', 'self-service with a master password', {
    ja: '利用者が自分で移せる移行元には、管理者用パスワードを残せません。「管理者用パスワードを消す」も選んでください。まだ何も変更していません。',
    en: 'A source that subscribers may use cannot keep a master password. Choose “Forget the master password” too. Nothing was changed.',
  })
}
