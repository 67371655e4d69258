/** The portal's way to PostgreSQL: one Prisma client per process, made at first use. */
import { PrismaPg } from '@prisma/adapter-pg'
import { databaseEnv } from '#lib/env/database.ts'
import type { Queryable } from './database.ts'
import { PrismaClient } from './generated/client.ts'

const holder = globalThis as typeof globalThis & { prismaOfThisProcess?: PrismaClient }

export function prisma(): PrismaClient {
  holder.prismaOfThisProcess ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: databaseEnv().url, max: 8 }),
  })
  return holder.prismaOfThisProcess
}

/** The portal's client for statements that it shares with the engine. */
export function prismaQueryable(): Queryable {
  return { query: ({ text }, values) => prisma().$queryRawUnsafe(text, ...values) }
}

export type {
  Announcement as AnnouncementModel,
  AnnouncementVersion as AnnouncementVersionModel,
  Credential as CredentialModel,
  Mailbox as MailboxModel,
  MaintenanceWindow as MaintenanceWindowModel,
  PrismaClient,
  ProtocolEvent as ProtocolEventModel,
} from './generated/client.ts'
export { Prisma } from './generated/client.ts'
