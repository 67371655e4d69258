/**
 * The demo of a new trial machine. Its accounts are written beside their final place at once and moved there when
 * everything answers: a first run that is interrupted in between loses no password, the next start publishes them.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { prisma } from '#lib/db/prisma.ts'
import { type DemoAccount, isSeeded, seedDemo } from './demo-seed.ts'
import { renameDurably, writeAtomically } from './write-atomically.ts'

const publishedIn = (dataDirectory: string) => join(dataDirectory, 'demo-accounts.json')
const waitingIn = (dataDirectory: string) => join(dataDirectory, 'keys', 'demo-accounts.json')

/** Expects migrated tables and DATABASE_URL in this process's environment. */
export async function prepareFirstRun(dataDirectory: string, domain: string): Promise<void> {
  try {
    if (await isSeeded()) return
    await seedDemo(domain, (accounts) => {
      writeAtomically(waitingIn(dataDirectory), `${JSON.stringify(accounts, null, 2)}\n`, 0o600)
    })
  } finally {
    await prisma().$disconnect()
  }
}

/** @returns the accounts when this is the moment to show their passwords, which comes once */
export function publishDemoAccounts(dataDirectory: string): readonly DemoAccount[] | null {
  const waiting = waitingIn(dataDirectory)
  if (!existsSync(waiting)) return null
  const accounts = JSON.parse(readFileSync(waiting, 'utf8')) as DemoAccount[]
  renameDurably(waiting, publishedIn(dataDirectory))
  return accounts
}
