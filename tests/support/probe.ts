/**
 * A session that asks for nothing special while others misbehave: it must be answered all the time. It has a thread of
 * its own, so that what the test itself does is not taken for slowness of the engine.
 */
import { once } from 'node:events'
import type { TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { TestEngine } from './engine.ts'
import { ImapClient } from './imap-talk.ts'
import type { TestCredential } from './mailbox.ts'

export type Probe = {
  /** Ends it, says how long the answers took, and throws when one was missing. */
  stop(context?: TestContext): Promise<void>
}

type Target = { readonly engine: Pick<TestEngine, 'ports' | 'authorityFile'>; readonly credential: TestCredential }

const PAUSE_MS = 5

export async function startProbe({ ports, authorityFile }: TestEngine, credential: TestCredential): Promise<Probe> {
  const target: Target = { engine: { ports, authorityFile }, credential }
  const worker = new Worker(new URL(import.meta.url), { workerData: target })
  await once(worker, 'message')
  return {
    async stop(context) {
      worker.postMessage('stop')
      const [times] = (await once(worker, 'message')) as [number[]]
      times.sort((one, other) => one - other)
      const p99 = times[Math.floor(times.length * 0.99)] ?? 0
      context?.diagnostic(`${times.length} answers to the probe, p99 ${p99.toFixed(1)} ms`)
    },
  }
}

async function ask({ engine, credential }: Target): Promise<void> {
  const client = await ImapClient.login(engine, credential)
  const times: number[] = []
  let isStopped = false
  parentPort?.once('message', () => {
    isStopped = true
  })
  parentPort?.postMessage('asking')
  while (!isStopped) {
    const started = performance.now()
    await client.ok('NOOP')
    times.push(performance.now() - started)
    await delay(PAUSE_MS)
  }
  client.close()
  parentPort?.postMessage(times)
}

if (!isMainThread) await ask(workerData as Target)
