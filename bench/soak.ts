/**
 * What the engine keeps after a long time: memory, descriptors, and every message.
 *
 *   node bench/soak.ts --messages 1000000
 *
 * Sessions come and go without a pause: mail comes in and is submitted, mailboxes are counted by IMAP and emptied by POP3.
 * Ten times on the way everything is quiet for a moment and the workers are looked at. What counts is the slope of the
 * second half, by least squares: compiled code, pools and caches have their size by then. A day of a busy site is about
 * a million messages.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startEngineUnderLoad } from './engine-under-load.ts'
import { countInbox, openImap } from './imap-conversation.ts'
import { LineClient } from './line-client.ts'
import { messageText } from './message-text.ts'
import { emptyMailbox } from './pop3-conversation.ts'
import { openInbound, openSubmission, quitSmtp, type Sender, sendMessage } from './smtp-conversation.ts'

const SAMPLES = 10
const PEOPLE = 16
const MESSAGES_PER_SESSION = 5
const QUIET_MS = 3_000

const { values: options } = parseArgs({ options: { messages: { type: 'string', default: '20000' } } })
const perSample = Math.ceil(Number(options.messages) / SAMPLES)

const engine = await startEngineUnderLoad({ workers: 2, people: PEOPLE, folderMessages: 10, nodeOptions: [] })
const workers = engine.parts.workers ?? []
const { senders } = engine.people
let sent = 0
let read = 0

type Look = { readonly sent: number; readonly mebibytes: number; readonly descriptors: number }

function look(): Look {
  const residentKib = (processId: number) =>
    Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${processId}/status`, 'latin1'))?.[1])
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)
  return {
    sent,
    mebibytes: sum(workers.map(residentKib)) / 1_024,
    descriptors: sum(workers.map((processId) => readdirSync(`/proc/${processId}/fd`).length)),
  }
}

/** One person's round: mail comes in and is written, the mailbox is looked at, and then emptied. */
async function goRound(person: Sender, next: Sender): Promise<void> {
  const text = Buffer.from(`${messageText(person.address, String(sent))}.\r\n`)
  const arriving = await LineClient.connect(engine.ports.mx, null)
  await openInbound(arriving, null)
  const leaving = await LineClient.connect(engine.ports.submission, null)
  await openSubmission(leaving, person)
  for (let count = 0; count < MESSAGES_PER_SESSION; count += 1) {
    await sendMessage(arriving, { from: 'a@example.com', to: person.address, text })
    await sendMessage(leaving, { from: person.address, to: next.address, text })
    sent += 2
  }
  await Promise.all([quitSmtp(arriving), quitSmtp(leaving)])
  await countWaiting(person)
  // Others count meanwhile: what was read is added in one go.
  const count = await emptyMailbox(await LineClient.connect(engine.ports.pop3, null), person)
  read += count
}

async function work(until: number): Promise<void> {
  await Promise.all(
    senders.map(async (person, index) => {
      while (sent < until) await goRound(person, senders[(index + 1) % senders.length] ?? person)
    }),
  )
}

async function countWaiting(person: Sender): Promise<number> {
  const client = await LineClient.connect(engine.ports.imap, null)
  await openImap(client, person)
  const count = await countInbox(client)
  client.close()
  return count
}

async function leftOver(): Promise<number> {
  let count = 0
  for (const person of senders) count += await countWaiting(person)
  return count
}

/** Of y over x, by least squares. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (pick: 0 | 1) => points.reduce((sum, point) => sum + point[pick], 0) / points.length
  const [meanX, meanY] = [mean(0), mean(1)]
  const above = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  return above / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
}

try {
  const looks: Look[] = []
  for (let sample = 1; sample <= SAMPLES; sample += 1) {
    await work(sample * perSample)
    await delay(QUIET_MS)
    const seen = look()
    looks.push(seen)
    console.error(`${seen.sent} messages  ${seen.mebibytes.toFixed(0)} MiB  ${seen.descriptors} descriptors`)
  }
  const lost = sent - read - (await leftOver())
  const late = looks.slice(SAMPLES / 2)
  const perMillion = (pick: (seen: Look) => number) => slope(late.map((seen) => [seen.sent / 1_000_000, pick(seen)]))
  console.log(
    `${sent} messages, ${lost} lost; of a million: ${perMillion(({ mebibytes }) => mebibytes).toFixed(1)} MiB,`,
  )
  console.log(`${perMillion(({ descriptors }) => descriptors).toFixed(1)} descriptors`)
  process.exitCode = lost === 0 ? 0 : 1
} finally {
  await engine.stop()
}
