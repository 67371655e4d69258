/**
 * The load, as a process of its own: takes one job from its parent, does it, answers and ends.
 *
 * Each connection starts the next operation when the last one is done. Every answer of the server is checked; an
 * operation with a wrong one is a failure and not counted.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { type Arrivals, watchArrivals } from './arrivals.ts'
import type { LoadJob, LoadResult } from './load-job.ts'
import { createLoadWorker, type LoadWorker } from './load-worker.ts'
import { machineBusyMs, processorMsOf } from './processor-time.ts'
import { percentile } from './statistics.ts'

/** Servers write their records behind the sessions' backs; they belong to the cost of what was done. */
const SETTLE_MS = 500

type Measured = { readonly durationsMs: number[]; readonly failures: Map<string, number> }

async function runFor(seconds: number, workers: readonly LoadWorker[], arrivals: Arrivals | null): Promise<Measured> {
  const measured: Measured = { durationsMs: [], failures: new Map() }
  const until = performance.now() + seconds * 1_000
  async function work(worker: LoadWorker): Promise<void> {
    while (performance.now() < until) {
      try {
        const { person, durationMs } = await worker.operate()
        measured.durationsMs.push(durationMs)
        arrivals?.expect(person.address)
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
  const workers = Array.from({ length: job.connections }, (_, index) =>
    createLoadWorker(
      job,
      job.people.filter((_person, position) => position % job.connections === index),
    ),
  )
  const arrivals = job.countingPort === null ? null : await watchArrivals(job.countingPort, job.people)
  await runFor(job.warmUpSeconds, workers, arrivals)
  await arrivals?.complete()
  await delay(SETTLE_MS)

  const before = readClocks(job)
  const { durationsMs, failures } = await runFor(job.seconds, workers, arrivals)
  const acceptedAtMs = performance.now()
  await arrivals?.complete()
  const deliveredAtMs = performance.now()
  await delay(SETTLE_MS)
  const after = readClocks(job)
  await Promise.all(workers.map((worker) => worker.close()))
  arrivals?.close()

  const operations = durationsMs.length
  const rateUntil = (atMs: number) => operations / ((atMs - before.atMs) / 1_000)
  return {
    operations,
    perSecond: rateUntil(acceptedAtMs),
    deliveredPerSecond: arrivals === null ? null : rateUntil(deliveredAtMs),
    failures: Object.fromEntries(failures),
    p50Ms: percentile(durationsMs, 0.5),
    p99Ms: percentile(durationsMs, 0.99),
    ...costOf(operations, before, after),
  }
}

type Clocks = {
  readonly atMs: number
  readonly server: Readonly<Record<string, number>>
  readonly generator: number
  readonly machine: number
}

function readClocks({ serverParts }: LoadJob): Clocks {
  const own = process.cpuUsage()
  return {
    atMs: performance.now(),
    server: processorMsOf(serverParts),
    generator: (own.user + own.system) / 1_000,
    machine: machineBusyMs(),
  }
}

function costOf(operations: number, before: Clocks, after: Clocks) {
  const server = Object.entries(after.server).map(([part, ms]) => [part, ms - (before.server[part] ?? 0)] as const)
  const generator = after.generator - before.generator
  const serverMs = server.reduce((sum, [, ms]) => sum + ms, 0)
  const otherMs = after.machine - before.machine - serverMs - generator
  return {
    serverMsPerOperation: Object.fromEntries(server.map(([part, ms]) => [part, ms / operations])),
    generatorMsPerOperation: generator / operations,
    otherProcessors: Math.max(0, otherMs) / (after.atMs - before.atMs),
  }
}

process.once('message', async (job: LoadJob) => {
  process.send?.(await run(job))
  process.disconnect()
})
