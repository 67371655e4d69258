import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { hostName } from '#lib/env/fields.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
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

/**
 * A place that mailboxes come from. Operators alone name hosts and directories: subscribers choose among them.
 * @throws AppError forbidden
 */
export async function saveSource(actor: Actor, input: z.input<typeof saveSourceInput>): Promise<{ id: string }> {
  requirePermission(actor, 'migration.change')
  const { masterPassword, ...settings } = saveSourceInput.parse(input)
  return prisma().$transaction(async (transaction) => {
    const { id } = await transaction.migrationSource.create({ data: settings })
    if (masterPassword !== '') {
      const sealed = masterPasswords(secretsEnv().masterKey).close(Buffer.from(masterPassword), id)
      await transaction.migrationSource.update({
        where: { id },
        data: { sealedMasterPassword: new Uint8Array(sealed) },
      })
    }
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'migrationSource.add',
      subject: `migrationSource:${id}`,
      mailboxId: null,
      reason: settings.name,
      details: { kind: settings.kind, host: settings.host, tls: settings.tls, selfService: settings.selfService },
    })
    return { id }
  })
}
