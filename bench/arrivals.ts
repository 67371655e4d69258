/** Counts by IMAP what has arrived in the mailboxes of the people who are sent to. */
import { setTimeout as delay } from 'node:timers/promises'
import { countInbox, openImap } from './imap-conversation.ts'
import { LineClient } from './line-client.ts'
import type { Sender } from './smtp-conversation.ts'

const LOOK_AGAIN_MS = 25
const PATIENCE_MS = 60_000

export type Arrivals = {
  /** A message for this person was accepted. */
  expect(address: string): void
  /** Resolves when everything that is expected can be seen. */
  complete(): Promise<void>
  close(): void
}

/** Logged in already when the load begins, so that the counting costs little beside it. */
export async function watchArrivals(port: number, people: readonly Sender[]): Promise<Arrivals> {
  const inboxes = new Map<string, { readonly client: LineClient; expected: number }>()
  for (const person of people) {
    const client = await LineClient.connect(port, null)
    await openImap(client, person)
    inboxes.set(person.address, { client, expected: await countInbox(client) })
  }
  return {
    expect(address) {
      const inbox = inboxes.get(address)
      if (inbox !== undefined) inbox.expected += 1
    },
    async complete() {
      const deadline = performance.now() + PATIENCE_MS
      for (const [address, { client, expected }] of inboxes) {
        while ((await countInbox(client)) < expected) {
          if (performance.now() > deadline) throw new Error(`messages for ${address} did not arrive`)
          await delay(LOOK_AGAIN_MS)
        }
      }
    },
    close() {
      for (const { client } of inboxes.values()) client.close()
    },
  }
}
