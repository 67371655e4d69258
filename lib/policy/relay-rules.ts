/** How patient the queue is (RFC 5321 §4.5.4.1), and how much it asks of one destination at a time. */
import { z } from 'zod'

const HOUR = 3_600
const DAY = 24 * HOUR

export const relayRulesSchema = z.strictObject({
  /** after the first, second, … failed attempt; the last one repeats */
  retryDelaysSeconds: z.array(z.int().min(60).max(DAY)).min(1).max(20),
  /** the sender is told once that the message is still waiting */
  delayReportAfterSeconds: z
    .int()
    .min(HOUR)
    .max(5 * DAY),
  /** delivery is given up; RFC 5321 asks for four to five days */
  lifetimeSeconds: z
    .int()
    .min(DAY)
    .max(14 * DAY),
  /** connections at once to one destination domain, or to the smart host, by each process */
  maxSessionsPerDestination: z.int().min(1).max(50),
})

export type RelayRules = z.infer<typeof relayRulesSchema>

export const defaultRelayRules: RelayRules = {
  retryDelaysSeconds: [300, 600, 1_200, 2_400, HOUR, 2 * HOUR, 4 * HOUR],
  delayReportAfterSeconds: 4 * HOUR,
  lifetimeSeconds: 5 * DAY,
  maxSessionsPerDestination: 8,
}
