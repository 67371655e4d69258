/**
 * The load, as a process of its own: takes one job from its parent, does it, answers and ends.
 *
 * Each connection starts the next operation when the last one is done. Every answer of the server is checked; an
 * operation with a wrong one is a failure and not counted.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { createSecureContext, type SecureContext } from 'node:tls'
import { LineClient } from './line-client.ts'
import type { LoadJob, LoadResult } from './load-job.ts'
import { messageText } from './message-text.ts'
import { readMailbox } from './pop3-conversation.ts'
import { machineBusyMs, processorMs } from './processor-time.ts'
import { openSubmission, quitSmtp, type Sender, sendMessage } from './smtp-conversation.ts'
import { percentile } from './statistics.ts'

/** The engine writes its records behind the sessions' backs; they belong to the cost of what was done. */
const SETTLE_MS = 500
const MESSAGES_PER_CONNECTION = 100

type Measured = { readonly durationsMs: number[]; readonly failures: Map<string, number> }

/** One line of work: an operation, and how it lets go of what it kept open. */
type Worker = { operate(): Promise<number>; close(): Promise<void> }

let serial = 0

function textFor({ address }: Sender): Buffer {
  serial += 1
  return Buffer.from(`${messageText(address, `${process.pid}.${serial}`)}.\r\n`, 'latin1')
}

async function withConnection<Result>(
  { port }: LoadJob,
  secure: SecureContext | null,
  work: (client: LineClient) => Promise<Result>,
): Promise<Result> {
  const client = await LineClient.connect(port, secure)
  try {
    return await work(client)
  } finally {
    client.close()
  }
}

function workerFor(job: LoadJob, secure: SecureContext | null, people: readonly Sender[]): Worker {
  let turn = 0
  const nextPerson = () => people[turn++ % people.length] as Sender
  const close = async () => {}
  if (job.conversation === 'POP3 session') {
    return {
      operate: () =>
        withConnection(job, secure, async (client) => {
          const startedAt = performance.now()
          await readMailbox(client, nextPerson())
          return performance.now() - startedAt
        }),
      close,
    }
  }
  if (job.conversation === 'message per connection') {
    return {
      operate: () =>
        withConnection(job, secure, async (client) => {
          const person = nextPerson()
          await openSubmission(client, person)
          const durationMs = await sendMessage(client, person.address, textFor(person))
          await quitSmtp(client)
          return durationMs
        }),
      close,
    }
  }
  return keepAliveWorker(job, secure, nextPerson)
}

function keepAliveWorker(job: LoadJob, secure: SecureContext | null, nextPerson: () => Sender): Worker {
  let open: { readonly client: LineClient; readonly person: Sender; sent: number } | null = null
  return {
    async operate() {
      try {
        if (open === null) {
          open = { client: await LineClient.connect(job.port, secure), person: nextPerson(), sent: 0 }
          await openSubmission(open.client, open.person)
        }
        const durationMs = await sendMessage(open.client, open.person.address, textFor(open.person))
        open.sent += 1
        if (open.sent === MESSAGES_PER_CONNECTION) await this.close()
        return durationMs
      } catch (error) {
        open?.client.close()
        open = null
        throw error
      }
    },
    async close() {
      const closing = open
      open = null
      if (closing !== null) await quitSmtp(closing.client)
    },
  }
}

async function runFor(seconds: number, workers: readonly Worker[]): Promise<Measured> {
  const measured: Measured = { durationsMs: [], failures: new Map() }
  const until = performance.now() + seconds * 1_000
  async function work(worker: Worker): Promise<void> {
    while (performance.now() < until) {
      try {
        measured.durationsMs.push(await worker.operate())
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        measured.failures.set(reason, (measured.failures.get(reason) ?? 0) + 1)
      }
    }
  }
  await Promise.all(workers.map(work))
  return measured
}

async function run(job: LoadJob): Promise<LoadResult> {
  const secure = job.authorityFile === null ? null : createSecureContext({ ca: readFileSync(job.authorityFile) })
  const workers = Array.from({ length: job.connections }, (_, index) =>
    workerFor(
      job,
      secure,
      job.people.filter((_person, position) => position % job.connections === index),
    ),
  )
  await runFor(job.warmUpSeconds, workers)
  await delay(SETTLE_MS)

  const before = readClocks(job)
  const { durationsMs, failures } = await runFor(job.seconds, workers)
  const seconds = (performance.now() - before.atMs) / 1_000
  await delay(SETTLE_MS)
  const after = readClocks(job)
  await Promise.all(workers.map((worker) => worker.close()))

  const operations = durationsMs.length
  const spent = {
    server: Object.entries(after.server).map(([part, ms]) => [part, ms - (before.server[part] ?? 0)] as const),
    generator: after.generator - before.generator,
    machine: after.machine - before.machine,
  }
  const serverMs = spent.server.reduce((sum, [, ms]) => sum + ms, 0)
  return {
    operations,
    perSecond: operations / seconds,
    failures: Object.fromEntries(failures),
    p50Ms: percentile(durationsMs, 0.5),
    p99Ms: percentile(durationsMs, 0.99),
    serverMsPerOperation: Object.fromEntries(spent.server.map(([part, ms]) => [part, ms / operations])),
    generatorMsPerOperation: spent.generator / operations,
    otherProcessors: Math.max(0, spent.machine - serverMs - spent.generator) / (after.atMs - before.atMs),
  }
}

function readClocks({ serverParts }: LoadJob) {
  const own = process.cpuUsage()
  return {
    atMs: performance.now(),
    server: Object.fromEntries(Object.entries(serverParts).map(([part, ids]) => [part, processorMs(ids)])) as Record<
      string,
      number
    >,
    generator: (own.user + own.system) / 1_000,
    machine: machineBusyMs(),
  }
}

process.once('message', async (job: LoadJob) => {
  process.send?.(await run(job))
  process.disconnect()
})
