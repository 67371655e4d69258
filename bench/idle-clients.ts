/** Holds connections that idle in an open folder, as a process of its own: `node bench/idle-clients.ts PORT COUNT [CA]`. */
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { openImap, startIdling } from './imap-conversation.ts'
import { LineClient } from './line-client.ts'
import type { Sender } from './smtp-conversation.ts'

/** The first ones pay for code and pools that the others share. */
const FIRST = 100
const AT_ONCE = 20

const [port = '', count = '', authorityFile] = process.argv.slice(2)
const secure = authorityFile === undefined ? null : createSecureContext({ ca: readFileSync(authorityFile) })

async function openMany(people: readonly Sender[], wanted: number): Promise<void> {
  let opened = 0
  async function openNext(): Promise<void> {
    while (opened < wanted) {
      const person = people[opened++ % people.length] as Sender
      const client = await LineClient.connect(Number(port), secure)
      await openImap(client, person)
      await startIdling(client)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, openNext))
}

process.once('message', async (people: readonly Sender[]) => {
  await openMany(people, FIRST)
  process.send?.('first')
  process.once('message', async () => {
    await openMany(people, Number(count))
    process.send?.('all')
  })
})
process.on('disconnect', () => process.exit())
