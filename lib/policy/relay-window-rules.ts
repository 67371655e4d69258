/** Where POP before SMTP may stand in for a login, and where it may not. */
import { z } from 'zod'
import { networkList } from '#lib/mail/network-list.ts'
import { network } from './abuse-rules.ts'
import { relayWindowLimits, sendingLimitsSchema } from './sending-limits.ts'

/** RFC 6598: the addresses between a provider's NAT and its customers. */
const carrierNat = '100.64.0.0/10'

const networks = z.array(network).max(2_000)

export const relayWindowRulesSchema = z.strictObject({
  enabled: z.boolean(),
  windowSeconds: z.int().min(60).max(3_600),
  limits: sendingLimitsSchema(relayWindowLimits),
  maxMessagesPerWindow: z.int().min(1).max(10_000).default(50),
  maxRecipientsPerWindow: z.int().min(1).max(10_000).default(100),
  /** so many mailboxes that send so, at one address within a day, make it a shared one */
  sharedFromMailboxes: z.int().min(2).max(1_000).default(3),
  /** pools of CGN, MAP-E and DS-Lite: one address, many subscribers */
  sharedNetworks: networks.default([carrierNat]),
  /** proxies, webmail and monitors of our own: whoever comes through them is not at this address */
  proxyNetworks: networks.default([]),
  /** none named: from anywhere */
  accessNetworks: networks.default([]),
})

export type RelayWindowRules = z.infer<typeof relayWindowRulesSchema>

export const defaultRelayWindowRules: RelayWindowRules = {
  enabled: true,
  windowSeconds: 600,
  limits: relayWindowLimits,
  maxMessagesPerWindow: 50,
  maxRecipientsPerWindow: 100,
  sharedFromMailboxes: 3,
  sharedNetworks: [carrierNat],
  proxyNetworks: [],
  accessNetworks: [],
}

/** `mailboxCount`: how many mailboxes that send so were read from this address in the last 24 hours. */
export type AddressUse = { readonly address: string; readonly mailboxCount: number }

/** @returns whether this address can stand for one person */
export function mayHaveRelayWindow({ address, mailboxCount }: AddressUse, rules: RelayWindowRules): boolean {
  const isAccess = rules.accessNetworks.length === 0 || networkList(rules.accessNetworks).includes(address)
  const isElsewhere = [rules.sharedNetworks, rules.proxyNetworks].some((list) => networkList(list).includes(address))
  return isAccess && !isElsewhere && mailboxCount < rules.sharedFromMailboxes
}
