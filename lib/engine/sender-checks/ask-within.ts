/**
 * DNS for one message: so much time for everything that its sender could make slow, by records that lead to name servers
 * of their own. The DMARC record is not among it: it belongs to whom From names.
 */
import type { Ask } from './dns-answers.ts'

export class TimeIsUp extends Error {
  readonly code = 'ETIMEOUT'
}

export function askWithin(ask: Ask, budgetMs: number): Ask {
  const endsAt = performance.now() + budgetMs
  return (name, type) => (name.startsWith('_dmarc.') ? ask(name, type) : before(endsAt, () => ask(name, type)))
}

async function before(endsAt: number, ask: () => ReturnType<Ask>): ReturnType<Ask> {
  const leftMs = endsAt - performance.now()
  if (leftMs <= 0) throw new TimeIsUp('the name servers of this sender are slow')
  let timer: NodeJS.Timeout | undefined
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeIsUp('the name servers of this sender are slow')), leftMs)
  })
  try {
    return await Promise.race([ask(), end])
  } finally {
    clearTimeout(timer)
  }
}
