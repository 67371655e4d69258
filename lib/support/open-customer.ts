/**
 * An agent opens one customer's page, for a reason that the owner can read. The page stays open for that agent for
 * half an hour; after that, or for anybody else, it takes a reason again. Nobody opens their own.
 */
import { z } from 'zod'
import { type Actor, forbidden, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'

export const openCustomerInput = z.object({ customerId: z.uuid(), reason: auditReason })

const OPEN_FOR_MS = 30 * 60_000

export async function openCustomer(actor: Actor, input: z.infer<typeof openCustomerInput>): Promise<void> {
  requirePermission(actor, 'customer.read')
  const { customerId, reason } = openCustomerInput.parse(input)
  if (customerId === actor.customerId) throw forbidden('an agent’s own contract')
  const mailboxes = await prisma().mailbox.findMany({ where: { customerId }, select: { id: true } })
  if (mailboxes.length === 0) throw notFound(`customer ${customerId}`)
  await prisma().$transaction(async (transaction) => {
    for (const { id } of mailboxes) {
      await appendAudit(transaction, {
        actorId: actor.accountId,
        action: 'customer.open',
        subject: `customer:${customerId}`,
        mailboxId: id,
        reason,
        details: {},
      })
    }
  })
}

/** @returns the reason under which this agent has the page open, @throws AppError forbidden when it is not */
export async function requireOpenCustomer(actor: Actor, customerId: string): Promise<string> {
  requirePermission(actor, 'customer.read')
  const mailboxes = await prisma().mailbox.findMany({ where: { customerId }, select: { id: true } })
  const opened = await prisma().auditRecord.findFirst({
    where: {
      mailboxId: { in: mailboxes.map(({ id }) => id) },
      at: { gt: new Date(Date.now() - OPEN_FOR_MS) },
      action: 'customer.open',
      subject: `customer:${customerId}`,
      actorId: actor.accountId,
    },
    orderBy: { id: 'desc' },
  })
  if (opened === null) throw notOpen()
  return opened.reason
}

function notOpen(): AppError {
  return new AppError('forbidden', 'customer page not opened with a reason', {
    ja: 'このお客さまの画面は開かれていません。検索画面で用件を入力してから開いてください。',
    en: 'This customer’s page is not open. Search for the customer and enter a reason first.',
  })
}
