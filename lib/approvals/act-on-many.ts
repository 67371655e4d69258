/**
 * One operator who acts on more than 20 customers' mailboxes within a day does it with somebody else of the staff,
 * whether by the command line or by a program: what they ask for once then holds for the same operation and reason until
 * it runs out.
 * Mailboxes that nobody uses yet do not count, so that a whole old system can be brought here.
 */
import type { Actor } from '#lib/accounts/actor.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { AwaitingApproval } from './awaiting-approval.ts'
import type { ManyOperation } from './many-operations.ts'
import { passApproval, takeApproval } from './pass-approval.ts'
import { actedOnToday, maxCustomersAlone } from './reach.ts'

type OneOfMany = { readonly mailboxId: number; readonly operation: ManyOperation; readonly reason: string }

/** Does the work in a transaction of its own, or nothing but ask. @throws AwaitingApproval */
export async function actingOnMany<Result>(
  actor: Actor,
  one: OneOfMany,
  work: (transaction: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  const outcome = await prisma().$transaction(async (transaction) => {
    const isFree = await passMany(transaction, actor, one)
    return isFree ? { result: await work(transaction) } : null
  })
  if (outcome === null) throw takesTwo()
  return outcome.result
}

async function passMany(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  { mailboxId, operation, reason }: OneOfMany,
) {
  const matter = { deed: 'actOnMany', subject: reason, order: { operation }, reason } as const
  if (await takeApproval(transaction, actor, matter)) return true
  const [customerId] = await customersInUse(transaction, [mailboxId])
  if (customerId === undefined) return true
  const before = await customersInUse(transaction, await actedOnToday(transaction, actor))
  if (before.length < maxCustomersAlone || before.includes(customerId)) return true
  return passApproval(transaction, actor, matter)
}

/** Whose mailboxes of these somebody has a password for, signs in to, or logs in to. */
async function customersInUse(transaction: Prisma.TransactionClient, mailboxIds: readonly number[]): Promise<string[]> {
  const rows = await transaction.$queryRaw<{ customerId: string }[]>`
    SELECT DISTINCT m.customer_id AS "customerId" FROM mailboxes m WHERE m.id = ANY(${mailboxIds}::int[]) AND (
      EXISTS (SELECT 1 FROM credentials c WHERE c.mailbox_id = m.id)
      OR EXISTS (SELECT 1 FROM known_devices d WHERE d.account = 'mailbox:' || m.id)
      OR EXISTS (SELECT 1 FROM portal_accounts a JOIN web_sessions s ON s.account_id = a.id
        WHERE a.customer_id = m.customer_id))`
  return rows.map(({ customerId }) => customerId)
}

function takesTwo(): AwaitingApproval {
  return new AwaitingApproval('conflict', `more than ${maxCustomersAlone} customers within a day`, {
    ja: `1日に${maxCustomersAlone}人を超えるお客さまへの操作には、ほかの担当者（主任サポート担当か運用担当）の承認が必要です。承認の依頼を出しました。承認されたら、同じ操作を同じ用件でもう一度実行してください。この件では、まだ何も変更されていません。`,
    en: `Acting on more than ${maxCustomersAlone} customers within a day takes the approval of somebody else of the staff (a senior agent or an operator). It has been asked for. Run this again with the same reason when it is approved. Nothing was changed here yet.`,
  })
}
