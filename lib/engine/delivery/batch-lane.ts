/**
 * Lets callers that wait at the same time share one statement: while one batch is written the next one gathers.
 * Nobody waits on purpose, so a lone caller is served at once and batches grow with the load.
 */

export type BatchLaneSettings<Item, Result> = {
  readonly maxItems: number
  /** of the items of one batch together; an item that is heavier goes alone */
  readonly maxWeight?: number
  readonly weightOf?: (item: Item) => number
  /** @returns one result per item, in order; an exception is every item's */
  readonly write: (items: readonly Item[]) => Promise<readonly Result[]>
}

type Waiting<Item, Result> = {
  readonly item: Item
  readonly weight: number
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

export function createBatchLane<Item, Result>(
  settings: BatchLaneSettings<Item, Result>,
): (item: Item) => Promise<Result> {
  const { maxItems, maxWeight = Number.POSITIVE_INFINITY, weightOf = () => 1, write } = settings
  let waiting: Waiting<Item, Result>[] = []
  let isBusy = false

  function takeBatch(): Waiting<Item, Result>[] {
    let count = 0
    let weight = 0
    for (const { weight: next } of waiting) {
      if (count === maxItems || (count > 0 && weight + next > maxWeight)) break
      weight += next
      count += 1
    }
    const batch = waiting.slice(0, count)
    waiting = waiting.slice(count)
    return batch
  }

  async function writeBatches(): Promise<void> {
    while (waiting.length > 0) {
      const batch = takeBatch()
      try {
        const results = await write(batch.map(({ item }) => item))
        batch.forEach(({ resolve, reject }, index) => {
          const result = results[index]
          if (result === undefined) reject(new Error('the batch has no result for this item'))
          else resolve(result)
        })
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isBusy = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, weight: weightOf(item), resolve, reject })
      if (isBusy) return
      isBusy = true
      // What arrived in the same turn of the event loop still comes along.
      setImmediate(() => void writeBatches())
    })
}
