import { setTimeout as delay } from 'node:timers/promises'

/** How soon something comes true is the machine's business; that it does is the test's. */
const PATIENCE_MS = 30_000
const ASK_AGAIN_MS = 25

/** Asks again until the claim no longer throws; then gives what it gave, or throws what it threw last. */
export async function eventually<Result>(claim: () => Result | Promise<Result>): Promise<Result> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await delay(ASK_AGAIN_MS)) {
    try {
      return await claim()
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}
