/**
 * Wrong passwords for the actor's own portal account within a day, from browsers that had not signed in to it before.
 * They are read where they are counted; after a day they are forgotten.
 */
import type { Actor } from '#lib/accounts/actor.ts'
import { attemptKeyFrom, portalAccount } from '#lib/attempts/attempt-key.ts'
import { prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'

export type SignInFailureView = { readonly id: string; readonly at: string; readonly address: string }

const DAY_MS = 86_400_000
const MOST_SHOWN = 20

export async function listSignInFailures({ accountId }: Actor): Promise<SignInFailureView[]> {
  const { login } = await prisma().portalAccount.findUniqueOrThrow({
    where: { id: accountId },
    select: { login: true },
  })
  const account = portalAccount(attemptKeyFrom(secretsEnv().masterKey), login)
  const rows = await prisma().loginFailure.findMany({
    where: { account, at: { gt: new Date(Date.now() - DAY_MS) } },
    orderBy: { at: 'desc' },
    take: MOST_SHOWN,
    select: { at: true, address: true },
  })
  return rows.map(({ at, address }, index) => ({ id: `${at.getTime()}-${index}`, at: at.toISOString(), address }))
}
