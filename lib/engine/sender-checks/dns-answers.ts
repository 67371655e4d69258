/**
 * DNS for the checks of senders: each question once, in bounded time, and not at all while DNS is away.
 *
 * Guarantees: an answer within `timeoutMs`, if only "try again"; a sender who makes us ask slow servers holds up nobody
 * else for longer than that. Answers are kept for a while, failures for a shorter one.
 */
import { type DnsServer, openDnsResolver } from '#lib/dns/dns-resolver.ts'

export type Ask = (name: string, type: string) => Promise<string[][] | string[]>

const TIMEOUT_MS = 3_000
const KEEP_MS = 300_000
const KEEP_FAILURE_MS = 10_000
const MAX_KEPT = 20_000
/** After so many time-outs in a row it may be not the senders' servers that are away. */
const MAX_TIMEOUTS = 5
const PAUSE_MS = 20_000

type Kept = { readonly until: number; readonly answer: Promise<unknown> }

class DnsUnavailable extends Error {
  readonly code = 'ETIMEOUT'
}

/** For questions that anybody can make us ask: that the name servers of some are slow says nothing of the others. */
export function openDnsAnswersForMany(server: DnsServer | null): Ask {
  const ask = asking(server)
  // What every resolver knows. Whoever answers, and be it "no", is there.
  const isAway = () => ask('.', 'NS').then(() => false, isTimeout)
  return keepAnswers(ask, Date.now, isAway)
}

/** For the questions to one zone. */
export function openDnsAnswers(server: DnsServer | null): Ask {
  return keepAnswers(asking(server), Date.now)
}

function asking(server: DnsServer | null): Ask {
  const resolver = openDnsResolver(server, TIMEOUT_MS, 1)
  return (name, type) => resolver.resolve(name, type) as ReturnType<Ask>
}

/**
 * @param ask rejects with a `code` as node:dns does
 * @param isAway asked after some time-outs in a row: is it DNS itself?
 */
export function keepAnswers(ask: Ask, now: () => number, isAway = async () => true): Ask {
  const kept = new Map<string, Kept>()
  let timeouts = 0
  let pausedUntil = 0

  async function askOnce(name: string, type: string): ReturnType<Ask> {
    if (now() < pausedUntil) throw new DnsUnavailable('DNS does not answer at the moment')
    try {
      const answer = await ask(name, type)
      timeouts = 0
      return answer
    } catch (error) {
      timeouts = isTimeout(error) ? timeouts + 1 : 0
      if (timeouts >= MAX_TIMEOUTS) {
        timeouts = 0
        if (await isAway()) pausedUntil = now() + PAUSE_MS
      }
      throw error
    }
  }

  return (name, type) => {
    const key = `${type} ${name.toLowerCase()}`
    const known = kept.get(key)
    if (known && known.until > now()) return known.answer as ReturnType<Ask>
    const answer = askOnce(name, type)
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(key, { until: now() + KEEP_MS, answer })
    answer.catch((error) => {
      const until = now() + (isTimeout(error) ? KEEP_FAILURE_MS : KEEP_MS)
      kept.set(key, { until, answer })
    })
    return answer
  }
}

function isTimeout(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return code === 'ETIMEOUT' || code === 'ECONNREFUSED' || code === 'ESERVFAIL' || code === 'EREFUSED'
}
