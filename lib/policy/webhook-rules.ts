/**
 * Where webhooks may go. An operator names the URL, but a name can lead anywhere: what is inside this network is not for
 * whoever can change a DNS record (SSRF), unless the policy names it.
 */
import { z } from 'zod'
import { isPublicAddress, networkList } from '#lib/mail/network-list.ts'
import { network } from './abuse-rules.ts'

export const webhookRulesSchema = z.strictObject({
  /** networks of our own that webhooks may reach */
  reachableNetworks: z.array(network).max(200),
})
export type WebhookRules = z.infer<typeof webhookRulesSchema>

export const defaultWebhookRules: WebhookRules = { reachableNetworks: [] }

export function mayReach(address: string, { reachableNetworks }: WebhookRules): boolean {
  return isPublicAddress(address) || networkList(reachableNetworks).includes(address)
}
