/**
 * How long one IMAP client in clear waits for what mail programs ask about a large folder, until the tagged reply, and
 * the processor time that it takes.
 */
import { connect, type Socket } from 'node:net'
import { answered } from './imap-folder.ts'
import type { MailServer } from './mail-server.ts'
import { processorMsOf } from './processor-time.ts'
import type { Measurement } from './result-table.ts'
import type { Sender } from './smtp-conversation.ts'
import { percentile } from './statistics.ts'

export const folderCommands = [
  'UID FETCH 1:* (FLAGS)',
  'UID FETCH 1:* (FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)',
  'SEARCH SUBJECT nothing',
  'SEARCH TEXT nothing',
] as const

const FEWEST_TIMES = 3
const MOST_TIMES = 40

/** @param seconds after which the command is not given again */
export async function measureFolderCommand(
  server: MailServer<'imap'>,
  hoarder: Sender,
  command: string,
  seconds: number,
): Promise<Measurement> {
  const socket = connect(server.ports.imap, '127.0.0.1')
  await answered(socket, `LOGIN ${hoarder.username} ${hoarder.password}`)
  await answered(socket, 'SELECT INBOX')
  const firstMs = await timeOf(socket, command)
  const before = processorMsOf(server.parts)
  const times: number[] = []
  const until = performance.now() + seconds * 1_000
  while (times.length < FEWEST_TIMES || (times.length < MOST_TIMES && performance.now() < until)) {
    times.push(await timeOf(socket, command))
  }
  const after = processorMsOf(server.parts)
  socket.destroy()
  const spent = Object.entries(after).map(([part, ms]) => [part, (ms - (before[part] ?? 0)) / times.length] as const)
  return { firstMs, medianMs: percentile(times, 0.5), serverMsPerOperation: Object.fromEntries(spent) }
}

async function timeOf(socket: Socket, command: string): Promise<number> {
  const startedAt = performance.now()
  await answered(socket, command)
  return performance.now() - startedAt
}
