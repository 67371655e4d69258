import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import type { SourceKind } from './source-settings.ts'

export type SourceView = {
  readonly id: string
  readonly name: string
  readonly kind: SourceKind
  readonly host: string
  readonly imapPort: number
  readonly pop3Port: number
  readonly tls: 'IMPLICIT' | 'STARTTLS' | 'NONE'
  readonly authority: string
  readonly directory: string
  readonly loginForm: string
  readonly hasMasterPassword: boolean
  readonly maxConnections: number
  readonly messagesPerSecond: number
  readonly selfService: boolean
}

/** @throws AppError forbidden */
export async function listSources(actor: Actor): Promise<SourceView[]> {
  requirePermission(actor, 'migration.read')
  const rows = await prisma().migrationSource.findMany({ where: { removedAt: null }, orderBy: { createdAt: 'desc' } })
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    host: row.host,
    imapPort: row.imapPort,
    pop3Port: row.pop3Port,
    tls: row.tls,
    authority: row.authority,
    directory: row.directory,
    loginForm: row.loginForm,
    hasMasterPassword: row.sealedMasterPassword !== null,
    maxConnections: row.maxConnections,
    messagesPerSecond: row.messagesPerSecond,
    selfService: row.selfService,
  }))
}
