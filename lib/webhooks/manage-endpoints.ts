/** Where operators have changes told to other systems; made and removed by operators in person. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { webEnv } from '#lib/env/web.ts'
import { newWebhookSecret } from './signature.ts'
import { webhookSeal } from './webhook-secret.ts'
import { isWebhookType, type WebhookType, webhookTypes } from './webhook-types.ts'
import { parseWebhookUrl } from './webhook-url.ts'

export const addEndpointInput = z.object({
  url: z
    .string()
    .trim()
    .refine((text) => parseWebhookUrl(text, webEnv().portalUrl) !== null),
  description: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{Cc}]*$/u),
  types: z.array(z.enum(webhookTypes)).min(1),
})
export const endpointInput = z.object({ endpointId: z.uuid() })

export type EndpointView = {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly types: readonly WebhookType[]
  readonly createdAt: Date
}

/** @returns the secret, only here and now @throws AppError forbidden */
export async function addEndpoint(
  actor: Actor,
  input: z.infer<typeof addEndpointInput>,
): Promise<{ readonly id: string; readonly secret: string }> {
  requirePermission(actor, 'webhook.change')
  const { url, description, types } = addEndpointInput.parse(input)
  const id = randomUUID()
  const secret = newWebhookSecret()
  const sealedSecret = new Uint8Array(webhookSeal(secretsEnv().masterKey).close(Buffer.from(secret), id))
  await prisma().$transaction(async (transaction) => {
    // From now on: what is on record already, a program reads by the API.
    const newest = await transaction.protocolEvent.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
    const eventCursor = newest?.id ?? 0n
    await transaction.webhookEndpoint.create({ data: { id, url, description, types, sealedSecret, eventCursor } })
    const { host } = new URL(url)
    await appendAudit(transaction, entryOf(actor, 'webhookEndpoint.create', id, { host, types }))
  })
  return { id, secret }
}

/** What still waited for it is given up. @throws AppError forbidden, not_found */
export async function removeEndpoint(actor: Actor, input: z.infer<typeof endpointInput>): Promise<void> {
  requirePermission(actor, 'webhook.change')
  const { endpointId: id } = endpointInput.parse(input)
  await prisma().$transaction(async (transaction) => {
    const data = { removedAt: new Date(), sealedSecret: new Uint8Array() }
    const { count } = await transaction.webhookEndpoint.updateMany({ where: { id, removedAt: null }, data })
    if (count === 0) throw notFound(`webhook endpoint ${id}`)
    const waiting = { endpointId: id, state: 'waiting' }
    await transaction.webhookDelivery.updateMany({ where: waiting, data: { state: 'dead' } })
    await appendAudit(transaction, entryOf(actor, 'webhookEndpoint.remove', id))
  })
}

/** @throws AppError forbidden */
export async function listEndpoints(actor: Actor): Promise<EndpointView[]> {
  requirePermission(actor, 'webhook.read')
  const rows = await prisma().webhookEndpoint.findMany({ where: { removedAt: null }, orderBy: { createdAt: 'asc' } })
  return rows.map(({ id, url, description, types, createdAt }) => {
    return { id, url, description, types: types.filter(isWebhookType), createdAt }
  })
}

function entryOf(
  actor: Actor,
  action: string,
  id: string,
  details: Readonly<Record<string, string | readonly string[]>> = {},
) {
  return {
    actorId: actor.accountId,
    action,
    subject: `webhookEndpoint:${id}`,
    mailboxId: null,
    reason: '',
    details: { ...details },
  }
}
