/**
 * What a server keeps in memory for each IMAP connection that is logged in, has an open folder and idles. Counted is
 * the proportional memory (PSS) of all its processes: pages that several of them share count once.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { firstMessage, startFile } from './child-process.ts'
import type { ServerParts } from './load-job.ts'
import type { MailServer } from './mail-server.ts'
import type { Measurement } from './result-table.ts'
import { familyOf } from './server-family.ts'
import type { Sender } from './smtp-conversation.ts'

const SETTLE_MS = 3_000

export type IdleJob = {
  readonly server: MailServer<'imap' | 'imaps'>
  readonly people: readonly Sender[]
  readonly connections: number
  readonly isTls: boolean
}

export async function measureIdleMemory({ server, people, connections, isTls }: IdleJob): Promise<Measurement> {
  const port = isTls ? server.ports.imaps : server.ports.imap
  const args = [String(port), String(connections), ...(isTls ? [server.authorityFile] : [])]
  const clients = startFile({ file: 'idle-clients.ts', args })
  try {
    clients.send(people)
    await firstMessage(clients)
    await delay(SETTLE_MS)
    const before = memoryKib(server.parts)
    clients.send('more')
    await firstMessage(clients)
    await delay(SETTLE_MS)
    return { kibEach: (memoryKib(server.parts) - before) / connections }
  } finally {
    clients.kill()
    if (clients.exitCode === null && clients.signalCode === null) await once(clients, 'exit')
    await delay(SETTLE_MS)
  }
}

function memoryKib(parts: ServerParts): number {
  return familyOf(Object.values(parts).flat()).reduce((sum, processId) => sum + proportionalKib(processId), 0)
}

function proportionalKib(processId: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${processId}/smaps_rollup`, 'latin1'))?.[1] ?? 0)
  } catch {
    return 0 // it ended while we looked
  }
}
