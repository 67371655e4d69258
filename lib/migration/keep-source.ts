/** What adding and changing a source have in common, within the caller's transaction. */
import type { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import type { Prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { masterPasswords } from './source-secrets.ts'
import type { sourceSettings } from './source-settings.ts'

export async function keepMasterPassword(
  transaction: Prisma.TransactionClient,
  id: string,
  password: string,
): Promise<void> {
  const sealed = masterPasswords(secretsEnv().masterKey).close(Buffer.from(password), id)
  await transaction.migrationSource.update({ where: { id }, data: { sealedMasterPassword: new Uint8Array(sealed) } })
}

type Told = Pick<z.output<typeof sourceSettings>, 'name' | 'kind' | 'host' | 'tls' | 'selfService'>

export async function recordSource(
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
