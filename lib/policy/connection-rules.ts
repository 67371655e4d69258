/** How many connections one address may have. An IPv6 /64 is one address: a household has all of it. */
import { z } from 'zod'
import { network } from './abuse-rules.ts'

/** Of each machine, whose workers count together. */
export const connectionRulesSchema = z.strictObject({
  maxSmtpPerAddress: z.int().min(1).max(100_000),
  maxReadingPerAddress: z.int().min(1).max(100_000),
  maxPerAddressPerMinute: z.int().min(10).max(1_000_000),
  /** proxies and monitors of our own; on this machine itself one address is many people */
  unlimitedNetworks: z.array(network).max(200),
})

export type ConnectionRules = z.infer<typeof connectionRulesSchema>

export const defaultConnectionRules: ConnectionRules = {
  maxSmtpPerAddress: 30,
  maxReadingPerAddress: 100,
  maxPerAddressPerMinute: 300,
  unlimitedNetworks: ['127.0.0.0/8', '::1/128'],
}
