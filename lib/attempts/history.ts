/**
 * What is remembered of earlier attempts, as one read: the failures near a place and of an account within a day, and
 * the devices that the account is known by in that network. The engine puts these columns into its credential look-up,
 * so that a login still costs one round trip.
 */
import type { LoginFailures } from '#lib/policy/login-limits.ts'
import type { Place } from './place.ts'

/** 0: the same address, 1: the same network, 2: the same site */
type Distance = 0 | 1 | 2

export type HistoryRow = {
  readonly account: string
  /** [age in seconds, distance] */
  readonly near: readonly (readonly [number, Distance])[] | null
  readonly everywhere: readonly number[] | null
  /** [device, was seen within a day] */
  readonly devices: readonly (readonly [string, boolean])[] | null
}

export type History = {
  readonly account: string
  readonly place: Place
  /** the devices that have logged in from this network; true when that is freshly noted */
  readonly devices: ReadonlyMap<string, boolean>
  readonly failures: LoginFailures
}

/** How long a device stays known after its last login. */
export const knownDays = 90

/** No limit of the policy is larger; a botnet makes many more, and each login would read them all. */
const MOST_THAT_COUNT = 2_000

/**
 * The columns of HistoryRow for the account that the expression `account` gives.
 * @param at the number of the first of the six parameters that `historyValues` fills
 * @param except an expression for the guess that is not counted
 */
export function historyColumns(account: string, at: number, except = 'NULL::bytea'): string {
  const [address, networkFirst, networkLast, siteFirst, siteLast, networkName] = [0, 1, 2, 3, 4, 5].map(
    (index) => `$${at + index}::inet`,
  )
  const counts = `at > now() - interval '1 day' AND guess IS DISTINCT FROM ${except}
     ORDER BY at DESC LIMIT ${MOST_THAT_COUNT}`
  return `
  ${account} AS account,
  (SELECT json_agg(json_build_array(extract(epoch FROM now() - l.at),
     CASE WHEN l.address = ${address} THEN 0 WHEN l.address BETWEEN ${networkFirst} AND ${networkLast} THEN 1 ELSE 2 END))
   FROM (
     SELECT at, address FROM login_failures
     WHERE address BETWEEN ${siteFirst} AND ${siteLast} AND ${counts}) l) AS near,
  (SELECT json_agg(extract(epoch FROM now() - l.at))
   FROM (SELECT at FROM login_failures WHERE login_failures.account = ${account} AND ${counts}) l) AS everywhere,
  (SELECT json_agg(json_build_array(d.device, d.last_seen_at > now() - interval '1 day'))
   FROM known_devices d
   WHERE d.account = ${account} AND d.network = ${networkName}
     AND d.last_seen_at > now() - interval '${knownDays} days') AS devices`
}

export function historyValues({ address, network, site, networkName }: Place): readonly string[] {
  return [address, network.first, network.last, site.first, site.last, networkName]
}

export function historyFrom(row: HistoryRow, place: Place): History {
  const within = (distance: Distance) => (row.near ?? []).flatMap(([age, its]) => (its <= distance ? [age] : []))
  const { isIpv6 } = place
  return {
    account: row.account,
    place,
    devices: new Map(row.devices),
    failures: {
      address: within(0),
      ipv6Network: isIpv6 ? within(1) : [],
      ipv6Site: isIpv6 ? within(2) : [],
      ipv4Network: isIpv6 ? [] : within(1),
      account: row.everywhere ?? [],
    },
  }
}
