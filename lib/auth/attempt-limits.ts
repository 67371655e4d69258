/**
 * How often a password may be tried. An attempt counts before it is checked, so that a burst of parallel tries gains
 * nothing, and is taken back when it was right. Known and unknown logins are counted alike.
 */
import ipaddr from 'ipaddr.js'

export type AttemptKeys = { readonly login: string; readonly address: string }

const WINDOW_MS = 15 * 60_000
const MAX_PER_LOGIN_AND_ADDRESS = 8
const MAX_PER_ADDRESS = 60
const MAX_PER_LOGIN = 100
const MAX_KEYS = 50_000

type Counter = { count: number; endsAt: number }

export class AttemptLimits {
  readonly #counters = new Map<string, Counter>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** @returns false when this attempt is one too many: then nothing must be checked at all */
  admit(keys: AttemptKeys): boolean {
    const wanted = limitsOf(keys)
    if (wanted.some(([key, max]) => this.#countOf(key) >= max)) return false
    for (const [key] of wanted) this.#counter(key).count += 1
    return true
  }

  /** The attempt was right. */
  forgive(keys: AttemptKeys): void {
    const [pair, ...others] = limitsOf(keys)
    if (pair) this.#counters.delete(pair[0])
    for (const [key] of others) this.#counter(key).count -= 1
  }

  /** How many counters are kept: a refused attempt makes none, so that refusals cannot push out what is counted. */
  get size(): number {
    return this.#counters.size
  }

  #countOf(key: string): number {
    const known = this.#counters.get(key)
    return known && known.endsAt > this.#now() ? known.count : 0
  }

  #counter(key: string): Counter {
    const now = this.#now()
    const known = this.#counters.get(key)
    if (known && known.endsAt > now) return known
    if (this.#counters.size >= MAX_KEYS) this.#sweep(now)
    const fresh = { count: 0, endsAt: now + WINDOW_MS }
    this.#counters.set(key, fresh)
    return fresh
  }

  /** Forgets what has run out and, when an attacker filled the table, the oldest half. */
  #sweep(now: number): void {
    for (const [key, { endsAt }] of this.#counters) if (endsAt <= now) this.#counters.delete(key)
    let surplus = this.#counters.size - MAX_KEYS / 2
    for (const key of this.#counters.keys()) if (surplus-- > 0) this.#counters.delete(key)
  }
}

function limitsOf({ login, address }: AttemptKeys): [string, number][] {
  const who = login.trim().toLowerCase()
  const where = networkOf(address)
  return [
    [`pair ${who} ${where}`, MAX_PER_LOGIN_AND_ADDRESS],
    [`address ${where}`, MAX_PER_ADDRESS],
    [`login ${who}`, MAX_PER_LOGIN],
  ]
}

/** One household has a whole IPv6 /64. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()
}
