/** What is done about a mailbox that sends too much, and what "from abroad" means here. */
import { z } from 'zod'
import { isNetwork, networkList } from '#lib/mail/network-list.ts'

/** An address or a network such as 192.0.2.0/24. */
export const network = z.string().refine(isNetwork)

export const abuseRulesSchema = z.strictObject({
  /** none named: nobody is abroad */
  homeNetworks: z.array(network).max(2_000),
  /** so many hours with a limit reached within `tripDays` hold the mailbox's sending; 0: never */
  holdAfterTrips: z.int().min(0).max(100),
  /** so many recipients that other hosts refuse within an hour hold it at once; 0: never */
  holdAfterBouncesPerHour: z.int().min(0).max(10_000),
  tripDays: z.int().min(1).max(31),
  /** after this long without a letter a correspondent is a new one again */
  keepCorrespondentsDays: z.int().min(7).max(400),
})

export type AbuseRules = z.infer<typeof abuseRulesSchema>

export const defaultAbuseRules: AbuseRules = {
  homeNetworks: [],
  holdAfterTrips: 3,
  holdAfterBouncesPerHour: 20,
  tripDays: 7,
  keepCorrespondentsDays: 90,
}

export function isFromAbroad(address: string, { homeNetworks }: AbuseRules): boolean {
  return homeNetworks.length > 0 && !networkList(homeNetworks).includes(address)
}
