/**
 * Checks who a message from outside really comes from, before it is judged by the policy.
 *
 * Guarantees: an answer within DEADLINE_MS. What could not be found out is "temperror", which rejects nothing: a slow or
 * broken check never loses or bounces a message. A thread that dies is started again, and one that has not said a word for
 * as long is ended: no single message keeps those behind it from being checked.
 */
import { Worker } from 'node:worker_threads'
import type { DnsServer } from '#lib/dns/dns-resolver.ts'
import type { SenderFacts, SenderFindings } from './findings.ts'
import type { Finished, Task, ThreadSettings } from './thread.ts'

export type CheckSender = (content: Buffer, facts: SenderFacts) => Promise<SenderFindings>

export interface SenderChecks {
  readonly checkSender: CheckSender
  close(): Promise<void>
}

const DEADLINE_MS = 8_000
const MAX_WAITING = 200

export type SenderCheckParts = {
  readonly resolver: DnsServer | null
  /** the authserv-id of RFC 8601 §2.5 */
  readonly hostName: string
  readonly onFault: (error: unknown) => void
}

export function openSenderChecks({ resolver, hostName, onFault }: SenderCheckParts): SenderChecks {
  const waiting = new Map<number, (findings: SenderFindings) => void>()
  const unknown: SenderFindings = {
    spf: 'temperror',
    author: null,
    dmarc: 'temperror',
    requested: 'none',
    traceFields: `Authentication-Results: ${hostName};\r\n spf=temperror; dkim=temperror; dmarc=temperror\r\n`,
  }
  let thread: Worker | null = null
  let lastId = 0
  let heardAt = 0

  /** Slow name servers hold up one message, while others are answered; nothing at all means that it is stuck. */
  function endIfStuck(): void {
    if (performance.now() - heardAt >= DEADLINE_MS) void thread?.terminate()
  }

  function start(): Worker {
    const workerData: ThreadSettings = { resolver, hostName }
    const started = new Worker(new URL('./thread.ts', import.meta.url), { workerData })
    heardAt = performance.now()
    started.unref()
    started.on('message', ({ id, findings, fault }: Finished) => {
      heardAt = performance.now()
      if (findings === null) onFault(new Error(fault))
      waiting.get(id)?.(findings ?? unknown)
    })
    started.on('error', onFault)
    started.on('exit', () => {
      if (thread === started) thread = null
      for (const answer of waiting.values()) answer(unknown)
    })
    return started
  }

  return {
    checkSender(content, facts) {
      if (waiting.size >= MAX_WAITING) return Promise.resolve(unknown)
      thread ??= start()
      lastId += 1
      const task: Task = { id: lastId, content, facts }
      return new Promise((resolve) => {
        const answer = (findings: SenderFindings) => {
          clearTimeout(timer)
          waiting.delete(task.id)
          resolve(findings)
        }
        const timer = setTimeout(() => {
          answer(unknown)
          endIfStuck()
        }, DEADLINE_MS)
        waiting.set(task.id, answer)
        thread?.postMessage(task)
      })
    },
    async close() {
      await thread?.terminate()
    },
  }
}
