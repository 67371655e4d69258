/**
 * How many wrong passwords are too many. What counts as one is the business of lib/attempts; here are only the limits
 * and the arithmetic, which knows neither a clock nor a database: failures come as ages.
 */
import { z } from 'zod'

const count = z.int().min(3).max(2_000)

/** "Network" is an IPv4 /24 or an IPv6 /64, "site" an IPv6 /48; unless the name says more, within ten minutes. */
export const loginLimitsSchema = z.strictObject({
  maxPerAddress: count,
  maxPerAddressPerDay: count,
  maxPerNetwork: count,
  maxPerNetworkPerDay: count,
  maxPerSite: count,
  maxPerSitePerDay: count,
  maxPerAccountPerHour: count,
  maxPerAccountPerDay: count,
})

export type LoginLimits = z.infer<typeof loginLimitsSchema>

export const defaultLoginLimits: LoginLimits = {
  maxPerAddress: 20,
  maxPerAddressPerDay: 200,
  maxPerNetwork: 60,
  maxPerNetworkPerDay: 600,
  maxPerSite: 180,
  maxPerSitePerDay: 1_800,
  maxPerAccountPerHour: 50,
  maxPerAccountPerDay: 300,
}

/** Ages in seconds, in any order. */
export type Ages = readonly number[]

export type LoginFailures = {
  readonly address: Ages
  /** the address's /64 and /48; none for IPv4 */
  readonly ipv6Network: Ages
  readonly ipv6Site: Ages
  /** the address's /24; none for IPv6 */
  readonly ipv4Network: Ages
  /** of this account, from anywhere */
  readonly account: Ages
}

/**
 * How well an account is known where the attempt comes from: by the very password that is right now, by another one
 * that was right in this network before, or not at all. A wrong password is always a stranger's, whoever sent it.
 */
export type Familiarity = 'device' | 'network' | 'stranger'

export type LoginFacts = { readonly familiarity: Familiarity; readonly failures: LoginFailures }

const TEN_MINUTES = 600
const HOUR = 3_600
const DAY = 86_400

/**
 * Strangers can use up what a subscriber shares with them: the account's count and an IPv4 /24. Neither stops anybody
 * in a network where the account is known, and nothing at all stops a known device.
 * @returns the seconds until another attempt is admitted; 0 when it is now
 */
export function loginWaitSeconds({ familiarity, failures }: LoginFacts, limits: LoginLimits): number {
  if (familiarity === 'device') return 0
  const ofItsOwn = [
    waitFor(failures.address, limits.maxPerAddress, TEN_MINUTES),
    waitFor(failures.address, limits.maxPerAddressPerDay, DAY),
    waitFor(failures.ipv6Network, limits.maxPerNetwork, TEN_MINUTES),
    waitFor(failures.ipv6Network, limits.maxPerNetworkPerDay, DAY),
    waitFor(failures.ipv6Site, limits.maxPerSite, TEN_MINUTES),
    waitFor(failures.ipv6Site, limits.maxPerSitePerDay, DAY),
  ]
  if (familiarity === 'network') return Math.max(...ofItsOwn)
  return Math.max(
    ...ofItsOwn,
    waitFor(failures.ipv4Network, limits.maxPerNetwork, TEN_MINUTES),
    waitFor(failures.ipv4Network, limits.maxPerNetworkPerDay, DAY),
    waitFor(failures.account, limits.maxPerAccountPerHour, HOUR),
    waitFor(failures.account, limits.maxPerAccountPerDay, DAY),
  )
}

/** The window slides: it has room again when the oldest of the newest `max` failures leaves it. */
function waitFor(ages: Ages, max: number, windowSeconds: number): number {
  if (ages.length < max) return 0
  const age = ages.toSorted((one, other) => one - other)[max - 1] ?? windowSeconds
  return age < windowSeconds ? Math.max(1, Math.ceil(windowSeconds - age)) : 0
}
