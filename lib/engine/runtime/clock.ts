/** Time, so that tests can turn it. */
export interface Clock {
  now(): Date
  /** never runs backwards; milliseconds since some fixed instant */
  monotonicMs(): number
}

export const systemClock: Clock = { now: () => new Date(), monotonicMs: () => performance.now() }
