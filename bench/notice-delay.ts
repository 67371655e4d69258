/** How long after the sender's 250 a mail program that idles hears of the message. */
import { setTimeout as delay } from 'node:timers/promises'
import { nextExists, openImap, startIdling } from './imap-conversation.ts'
import { LineClient } from './line-client.ts'
import type { MailServer } from './mail-server.ts'
import { messageText } from './message-text.ts'
import type { Measurement } from './result-table.ts'
import { openSubmission, quitSmtp, type Sender, sendMessage } from './smtp-conversation.ts'
import { percentile } from './statistics.ts'

const PAUSE_MS = 50

/** @returns the delays; a notice that comes before the 250 has none */
export async function measureNotices(
  server: MailServer<'imap' | 'submission'>,
  person: Sender,
  count: number,
): Promise<Measurement> {
  const watcher = await LineClient.connect(server.ports.imap, null)
  await openImap(watcher, person)
  await startIdling(watcher)
  const sender = await LineClient.connect(server.ports.submission, null)
  await openSubmission(sender, person)
  const delays: number[] = []
  for (let number = 0; number < count; number += 1) {
    await delay(PAUSE_MS)
    const noticed = nextExists(watcher).then(() => performance.now())
    const text = Buffer.from(`${messageText(person.address, `notice.${number}`)}.\r\n`)
    await sendMessage(sender, { from: person.address, to: person.address, text })
    const acceptedAt = performance.now()
    delays.push(Math.max(0, (await noticed) - acceptedAt))
  }
  await quitSmtp(sender)
  watcher.close()
  return { p50Ms: percentile(delays, 0.5), p99Ms: percentile(delays, 0.99) }
}
