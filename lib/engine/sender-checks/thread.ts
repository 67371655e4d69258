/** The thread in which senders are checked: signatures cost processor time that sessions must not wait for. */
import { parentPort, workerData } from 'node:worker_threads'
import type { DnsServer } from '#lib/dns/dns-resolver.ts'
import { openDnsAnswersForMany } from './dns-answers.ts'
import { examine } from './examine.ts'
import type { SenderFacts, SenderFindings } from './findings.ts'

export type ThreadSettings = { readonly resolver: DnsServer | null; readonly hostName: string }
export type Task = { readonly id: number; readonly content: Uint8Array; readonly facts: SenderFacts }
export type Finished = { readonly id: number; readonly findings: SenderFindings | null; readonly fault: string }

const { resolver, hostName } = workerData as ThreadSettings
const ask = openDnsAnswersForMany(resolver)

parentPort?.on('message', async ({ id, content, facts }: Task) => {
  let finished: Finished
  try {
    finished = { id, findings: await examine(Buffer.from(content), facts, hostName, ask), fault: '' }
  } catch (error) {
    finished = { id, findings: null, fault: String(error) }
  }
  parentPort?.postMessage(finished)
})
