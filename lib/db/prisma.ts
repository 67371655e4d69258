/** The portal's way to PostgreSQL: one Prisma client per process, made at first use. */
import { PrismaPg } from '@prisma/adapter-pg'
import { databaseEnv } from '#lib/env/database.ts'
import type { Queryable } from './database.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'

const holder = globalThis as typeof globalThis & { prismaOfThisProcess?: PrismaClient }

export function prisma(): PrismaClient {
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
 * Several use-cases as one: until `work` ends, all that this process asks of the database belongs to one transaction,
 * also what would be transactions of their own. For processes that do one thing at a time.
 */
export async function runTogether<Result>(work: () => Promise<Result>): Promise<Result> {
  const whole = prisma()
  return whole.$transaction(
    async (transaction) => {
      holder.prismaOfThisProcess = asClient(transaction)
      try {
        return await work()
      } finally {
        holder.prismaOfThisProcess = whole
      }
    },
    { timeout: TOGETHER_MS },
  )
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
  Passkey as PasskeyModel,
  PrismaClient,
  ProtocolEvent as ProtocolEventModel,
  SetUpCode as SetUpCodeModel,
} from './generated/client.ts'
export { Prisma } from './generated/client.ts'
