/**
 * A clock that a test turns, for several processes and their databases at once. Loaded before everything else
 * (`--import`), it shifts what `new Date()` and `Date.now()` say; a database that shares it has a `now()` of its own,
 * found before the built-in one. Timers run by the machine's clock: what waits for a moment must be told to look again.
 */
import { readFileSync } from 'node:fs'

const LOOK_AGAIN_MS = 5
const RealDate = Date

let shiftMs = 0
let lookedAt = Number.NEGATIVE_INFINITY

function shift(): number {
  const file = process.env.TURNED_CLOCK_FILE
  if (file === undefined || performance.now() - lookedAt < LOOK_AGAIN_MS) return shiftMs
  lookedAt = performance.now()
  shiftMs = Number(readFileSync(file, 'utf8')) || 0
  return shiftMs
}

class TurnedDate extends RealDate {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [RealDate.now() + shift()] : given) as []))
  }

  // Its own and not only inherited ones: Next copies the properties of the constructor that it finds.
  static override parse = RealDate.parse
  static override UTC = RealDate.UTC

  static override now(): number {
    return RealDate.now() + shift()
  }
}

globalThis.Date = TurnedDate as DateConstructor

export const realNow = (): number => RealDate.now()
