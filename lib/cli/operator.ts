/** In whose name a command runs. Whoever may read the service's keys needs no password; they need a name and a reason. */
import type { Actor } from '#lib/accounts/actor.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { UsageError } from './command.ts'

/** Before there is any operator: may do nothing in the name of anybody. */
export const nobody: Actor = {
  accountId: '00000000-0000-0000-0000-000000000000',
  role: 'UNPROVEN_STAFF',
  customerId: null,
}

/** @throws UsageError when there is no such operator */
export async function operatorNamed(login: string | undefined): Promise<Actor> {
  if (login === undefined) throw new UsageError('--as is missing: the portal login of the operator who does this')
  const account = await prisma().portalAccount.findUnique({ where: { login: login.toLowerCase() } })
  if (account === null || account.role !== 'OPERATOR' || account.disabledAt !== null) {
    throw new UsageError(`--as ${login}: there is no such operator`)
  }
  return { accountId: account.id, role: account.role, customerId: account.customerId }
}

/** Before anything is done: which command, by whom and why. */
export async function recordRun({ accountId }: Actor, command: string, reason: string): Promise<void> {
  await prisma().$transaction((transaction) =>
    appendAudit(transaction, {
      actorId: accountId,
      action: 'cli.run',
      subject: `cli:${command}`,
      mailboxId: null,
      reason,
      details: {},
    }),
  )
}
