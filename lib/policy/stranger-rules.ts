/** Mail from hosts that nobody knows: lists of bad senders, and asking to come again (greylisting, RFC 6647). */
import { z } from 'zod'
import { networkList } from '#lib/mail/network-list.ts'
import { network } from './abuse-rules.ts'

const zone = z
  .string()
  .toLowerCase()
  .max(200)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/)
const zones = z.array(zone).max(20)

export const strangerRulesSchema = z.strictObject({
  /** DNS lists of addresses (RFC 5782): whom one of them names is refused, asked to come later, or only marked */
  rejectLists: zones,
  deferLists: zones,
  markLists: zones,
  /** hosts that are neither looked up nor asked to come again */
  knownNetworks: z.array(network).max(2_000),
  greylisting: z.boolean(),
  /** how long a new host must wait */
  greylistSeconds: z.int().min(60).max(3_600),
  /** for how long it is then known, counted from its last message */
  greylistDays: z.int().min(1).max(366),
  /** so many recipients that do not exist, within a day, and the host is asked to come back when the day is over; 0: never */
  maxUnknownRecipientsPerDay: z
    .int()
    .refine((count) => count === 0 || (count >= 10 && count <= 100_000))
    .default(35),
})

export type StrangerRules = z.infer<typeof strangerRulesSchema>

export const defaultStrangerRules: StrangerRules = {
  rejectLists: [],
  deferLists: [],
  markLists: [],
  knownNetworks: [],
  greylisting: false,
  greylistSeconds: 300,
  greylistDays: 36,
  maxUnknownRecipientsPerDay: 35,
}

/** What a host from outside has done within a day. */
export type StrangerConduct = {
  /** recipients that it named and that do not exist */
  readonly unknown: number
  /** messages that were taken from it */
  readonly delivered: number
  /** until the day is over */
  readonly waitSeconds: number
}

/** Addresses are being tried. Who delivers more than they ask for in vain has a stale list of addresses and no more. */
export function isHarvesting(address: string, { unknown, delivered }: StrangerConduct, rules: StrangerRules): boolean {
  const { maxUnknownRecipientsPerDay: most, knownNetworks } = rules
  return most > 0 && unknown >= most && unknown > delivered && !networkList(knownNetworks).includes(address)
}

export function listsToAsk(address: string, rules: StrangerRules): readonly string[] {
  const { rejectLists, deferLists, markLists, knownNetworks } = rules
  if (networkList(knownNetworks).includes(address)) return []
  return [...new Set([...rejectLists, ...deferLists, ...markLists])]
}

/** A host that its domain's SPF record names has nothing to prove by coming again. */
export function isGreylistable(address: string, spf: string, rules: StrangerRules): boolean {
  return rules.greylisting && spf !== 'pass' && !networkList(rules.knownNetworks).includes(address)
}
