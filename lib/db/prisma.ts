/** The portal's way to PostgreSQL: one Prisma client per process, made at first use. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import { databaseEnv } from '#lib/env/database.ts'
import type { Queryable } from './database.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'

type Holder = { prismaOfThisProcess?: PrismaClient; prismaTogether?: AsyncLocalStorage<PrismaClient> }
const holder = globalThis as typeof globalThis & Holder

export function prisma(): PrismaClient {
  const together = holder.prismaTogether?.getStore()
  if (together !== undefined) return together
  holder.prismaOfThisProcess ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: databaseEnv().url, max: 8 }),
  })
  return holder.prismaOfThisProcess
}

/** A process that ends need not wait for idle connections. */
export async function closePrisma(): Promise<void> {
  await holder.prismaOfThisProcess?.$disconnect()
}

const TOGETHER_MS = 60_000

/**
 * Several use-cases as one: all that `work` asks of the database belongs to one transaction, also what would be
 * transactions of their own. What others ask in the meantime does not.
 */
export async function runTogether<Result>(work: () => Promise<Result>): Promise<Result> {
  holder.prismaTogether ??= new AsyncLocalStorage()
  const together = holder.prismaTogether
  return prisma().$transaction((transaction) => together.run(asClient(transaction), work), { timeout: TOGETHER_MS })
}

function asClient(transaction: Prisma.TransactionClient): PrismaClient {
  return new Proxy(transaction, {
    get(target, name) {
      if (name === '$transaction') return (work: (inner: Prisma.TransactionClient) => unknown) => work(transaction)
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  }) as PrismaClient
}

/** The portal's client for statements that it shares with the engine. */
export function prismaQueryable(): Queryable {
  return { query: ({ text }, values) => prisma().$queryRawUnsafe(text, ...values) }
}

export type {
  Announcement as AnnouncementModel,
  AnnouncementVersion as AnnouncementVersionModel,
  AuthenticatorApp as AuthenticatorAppModel,
  Credential as CredentialModel,
  HostUse as HostUseModel,
  Mailbox as MailboxModel,
  MaintenanceWindow as MaintenanceWindowModel,
  MigrationSource as MigrationSourceModel,
  Passkey as PasskeyModel,
  PrismaClient,
  ProtocolEvent as ProtocolEventModel,
  SetUpCode as SetUpCodeModel,
} from './generated/client.ts'
export { Prisma } from './generated/client.ts'
