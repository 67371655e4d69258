/** The parts that a process has opened. They are closed one by one, the last first: each before what it was made from. */
export interface OpenParts {
  keep<Part extends { close(): Promise<void> | void }>(part: Part): Part
  close(): Promise<void>
}

export function createOpenParts(): OpenParts {
  const parts = new AsyncDisposableStack()
  return {
    keep: (part) => parts.adopt(part, async (kept) => kept.close()),
    close: () => parts.disposeAsync(),
  }
}
