/** What was told to whom, and what came of it; a delivery that was given up, or was lost over there, can be sent again. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { isWebhookType, type WebhookType } from './webhook-types.ts'

export const deliveryInput = z.object({ deliveryId: z.uuid() })

export const deliveryStates = ['waiting', 'delivered', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** Without the body: the audit trail has what it says. */
export type DeliveryView = {
  readonly id: string
  readonly endpointId: string
  readonly type: WebhookType
  readonly state: DeliveryState
  readonly attempts: number
  readonly createdAt: Date
  readonly nextAttemptAt: Date
  readonly lastStatus: number | null
  readonly lastProblem: string | null
}

const MAX_SHOWN = 100

/** Newest first. @throws AppError forbidden */
export async function listDeliveries(actor: Actor): Promise<DeliveryView[]> {
  requirePermission(actor, 'webhook.read')
  const rows = await prisma().webhookDelivery.findMany({
    where: { endpoint: { removedAt: null } },
    omit: { body: true },
    orderBy: { createdAt: 'desc' },
    take: MAX_SHOWN,
  })
  return rows.flatMap(({ type, ...row }) => {
    if (!isWebhookType(type)) return []
    return [{ ...row, type, state: deliveryStates.find((state) => state === row.state) ?? 'dead' }]
  })
}

/** With the same id, so that whoever has it already knows it again. @throws AppError forbidden, not_found */
export async function redeliver(actor: Actor, input: z.infer<typeof deliveryInput>): Promise<void> {
  requirePermission(actor, 'webhook.change')
  const { deliveryId: id } = deliveryInput.parse(input)
  await prisma().$transaction(async (transaction) => {
    const { count } = await transaction.webhookDelivery.updateMany({
      where: { id, endpoint: { removedAt: null } },
      data: { state: 'waiting', attempts: 0, nextAttemptAt: new Date() },
    })
    if (count === 0) throw notFound(`webhook delivery ${id}`)
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'webhook.redeliver',
      subject: `webhookDelivery:${id}`,
      mailboxId: null,
      reason: '',
      details: {},
    })
  })
}
