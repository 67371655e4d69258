/**
 * The other workers of this machine, as far as one must know what they hold: how many connections of each address. The
 * supervisor passes on what one of them says.
 *
 * Guarantees: a worker tells within TELL_AFTER_MS what has changed; one that has just started is told everything, and
 * what one had that has ended is forgotten. Memory is bounded by what is open.
 */
import { z } from 'zod'

const countedOrigin = z.object({
  purpose: z.enum(['smtp', 'reading']),
  /** see originOf in minute-counter.ts */
  origin: z.string(),
  open: z.int().nonnegative(),
  /** how many have come since it was last told, those that were turned away too */
  come: z.int().nonnegative(),
})

const worker = z.int().positive()
const newsSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connectionsCounted'), worker, counted: z.array(countedOrigin) }),
  z.object({ type: z.literal('neighbourStarted'), worker }),
  z.object({ type: z.literal('neighbourEnded'), worker }),
])

export type CountedOrigin = Readonly<z.infer<typeof countedOrigin>>
export type NeighbourNews = z.infer<typeof newsSchema>

export interface Neighbours {
  tell(counted: CountedOrigin): void
  onTold(listener: (counted: CountedOrigin) => void): void
  /** connections that the others have open, all together */
  openElsewhere(at: Pick<CountedOrigin, 'purpose' | 'origin'>): number
  /** of those workers alone that have a lower number than this one */
  openBefore(at: Pick<CountedOrigin, 'purpose' | 'origin'>): number
}

export const noNeighbours: Neighbours = {
  tell: () => {},
  onTold: () => {},
  openElsewhere: () => 0,
  openBefore: () => 0,
}

const TELL_AFTER_MS = 20

export type NeighboursParts = {
  /** of this worker; no two have the same */
  readonly worker: number
  readonly send: (news: NeighbourNews) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
}

const keyOf = ({ purpose, origin }: Pick<CountedOrigin, 'purpose' | 'origin'>) => `${purpose} ${origin}`

export function openNeighbours({ worker: self, send, onMessage }: NeighboursParts): Neighbours {
  const own = new Map<string, CountedOrigin>()
  const untold = new Map<string, CountedOrigin>()
  const others = new Map<number, Map<string, number>>()
  let hear: (counted: CountedOrigin) => void = () => {}

  function tellAll(): void {
    send({ type: 'connectionsCounted', worker: self, counted: [...untold.values()] })
    untold.clear()
  }

  function tellSoon(counted: CountedOrigin): void {
    const key = keyOf(counted)
    if (untold.size === 0) setTimeout(tellAll, TELL_AFTER_MS).unref()
    untold.set(key, { ...counted, come: counted.come + (untold.get(key)?.come ?? 0) })
  }

  function take(from: number, counted: CountedOrigin): void {
    const known = others.get(from) ?? new Map<string, number>()
    others.set(from, known)
    if (counted.open > 0) known.set(keyOf(counted), counted.open)
    else known.delete(keyOf(counted))
    hear(counted)
  }

  function sumOf(workers: Iterable<number>, key: string): number {
    let sum = 0
    for (const each of workers) sum += others.get(each)?.get(key) ?? 0
    return sum
  }

  onMessage((message) => {
    const { data: news } = newsSchema.safeParse(message)
    if (news === undefined || news.worker === self) return
    if (news.type === 'neighbourEnded') others.delete(news.worker)
    else if (news.type === 'neighbourStarted') for (const counted of own.values()) tellSoon({ ...counted, come: 0 })
    else for (const counted of news.counted) take(news.worker, counted)
  })
  send({ type: 'neighbourStarted', worker: self })

  return {
    tell(counted) {
      if (counted.open > 0) own.set(keyOf(counted), counted)
      else own.delete(keyOf(counted))
      tellSoon(counted)
    },
    onTold(listener) {
      hear = listener
    },
    openElsewhere: (at) => sumOf(others.keys(), keyOf(at)),
    openBefore: (at) =>
      sumOf(
        [...others.keys()].filter((each) => each < self),
        keyOf(at),
      ),
  }
}
