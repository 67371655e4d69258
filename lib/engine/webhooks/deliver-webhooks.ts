/**
 * Takes what is due from the outbox of webhooks and posts it, signed.
 *
 * Guarantees: at least once, in no order; a delivery is taken by one worker at a time, and one whose worker died is due
 * again when its lease ends. After the last attempt it is dead until an operator sends it again.
 */
import type { Database } from '#lib/db/database.ts'
import { mayReach, type WebhookRules } from '#lib/policy/webhook-rules.ts'
import { SealBroken } from '#lib/seal/seal.ts'
import { signatureHeaders } from '#lib/webhooks/signature.ts'
import { webhookSeal } from '#lib/webhooks/webhook-secret.ts'
import { parseWebhookUrl } from '#lib/webhooks/webhook-url.ts'
import { type PostOutcome, postWebhook } from './post-webhook.ts'

export type WebhookParts = {
  readonly database: Database
  readonly masterKey: Buffer
  readonly portalUrl: string
  readonly webhookRules: () => WebhookRules
}

type Due = {
  readonly id: string
  readonly endpointId: string
  readonly attempts: number
  readonly body: string
  readonly url: string
  readonly sealedSecret: Buffer
}

const AT_ONCE = 20
const LEASE_SECONDS = 60
/** After the first, second, … failed attempt; when they are used up, the delivery is dead. */
export const retryDelaysSeconds = [10, 60, 300, 1_800, 7_200, 21_600, 43_200] as const

const CLAIM = {
  name: 'webhooks-claim',
  text: `
UPDATE webhook_deliveries d
SET attempts = d.attempts + 1, next_attempt_at = now() + make_interval(secs => ${LEASE_SECONDS})
FROM webhook_endpoints e
WHERE e.id = d.endpoint_id AND e.removed_at IS NULL AND d.id IN (
  SELECT id FROM webhook_deliveries WHERE state = 'waiting' AND next_attempt_at <= now()
  ORDER BY next_attempt_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
)
RETURNING d.id, e.id AS "endpointId", d.attempts, d.body, e.url, e.sealed_secret AS "sealedSecret"`,
}

const SETTLE = {
  name: 'webhooks-settle',
  text: `
UPDATE webhook_deliveries SET state = $2, last_status = $3, last_problem = $4,
  next_attempt_at = now() + make_interval(secs => $5)
WHERE id = $1::uuid AND state = 'waiting'`,
}

export async function deliverWebhooks(parts: WebhookParts): Promise<void> {
  let due: Due[]
  do {
    due = await parts.database.query<Due>(CLAIM, [])
    await Promise.all(due.map((delivery) => deliver(parts, delivery)))
  } while (due.length === AT_ONCE)
}

async function deliver(parts: WebhookParts, delivery: Due): Promise<void> {
  const { status, problem } = await post(parts, delivery)
  const isGood = status !== null && status >= 200 && status < 300
  const delay = retryDelaysSeconds[delivery.attempts - 1]
  const state = isGood ? 'delivered' : delay === undefined ? 'dead' : 'waiting'
  await parts.database.query(SETTLE, [delivery.id, state, status, problem, delay ?? 0])
}

async function post({ masterKey, portalUrl, webhookRules }: WebhookParts, delivery: Due): Promise<PostOutcome> {
  const { id, endpointId, body, sealedSecret } = delivery
  const url = parseWebhookUrl(delivery.url, portalUrl)
  if (url === null) return { status: null, problem: 'the URL may not be used here' }
  const secret = openedSecret(masterKey, sealedSecret, endpointId)
  if (secret === null) return { status: null, problem: 'its secret was sealed with another master key' }
  const timestamp = Math.floor(Date.now() / 1_000)
  const rules = webhookRules()
  return postWebhook({
    url,
    body,
    headers: signatureHeaders(secret, { id, timestamp, body }),
    mayReach: (address) => mayReach(address, rules),
  })
}

function openedSecret(masterKey: Buffer, sealed: Buffer, endpointId: string): string | null {
  try {
    return webhookSeal(masterKey).open(sealed, endpointId).toString()
  } catch (error) {
    if (error instanceof SealBroken) return null
    throw error
  }
}
