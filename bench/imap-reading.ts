/**
 * How long one IMAP client waits for what mail programs ask about a large folder, and the processor time that it takes:
 * the worker's and the database's, by /proc. The first time after the start stands apart from the later ones.
 *
 * Options: --messages 10000, --rounds 20
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedDatabase } from '#lib/service/embedded-database.ts'
import { startEngine } from '#tests/support/engine.ts'
import { answered, fillFolder } from './imap-folder.ts'
import { processorMs } from './processor-time.ts'
import { percentile } from './statistics.ts'

const { values: options } = parseArgs({
  options: { messages: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '20' } },
})
const rounds = Number(options.rounds)

const commands = [
  'UID FETCH 1:* (FLAGS)',
  'UID FETCH 1:* (FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)',
  'SEARCH SUBJECT nothing',
  'SEARCH TEXT nothing',
]

const directory = mkdtempSync(join(tmpdir(), 'mail-bench-'))
const database = await startEmbeddedDatabase(directory)
process.env.TEST_DATABASE_SERVER = database.adminUrl
const engine = await startEngine({
  policy: (document) => {
    document.listeners.imap.requireTls = false
  },
})
const parts = { worker: engine.workers.map(({ pid }) => pid ?? 0), database: [database.processId] }

async function measure(socket: Socket, command: string): Promise<void> {
  const times: number[] = []
  let before = { worker: 0, database: 0 }
  for (let round = 0; round <= rounds; round += 1) {
    if (round === 1) before = processorTimes()
    const started = performance.now()
    await answered(socket, command)
    times.push(performance.now() - started)
  }
  const after = processorTimes()
  const each = (part: keyof typeof parts) => ((after[part] - before[part]) / rounds).toFixed(1)
  const [first = 0, ...later] = times
  console.info(
    `${options.messages} messages, ${command}: first ${first.toFixed(0)} ms, later ${percentile(later, 0.5)?.toFixed(1)} ms;`,
    `processor ms: worker ${each('worker')}, database ${each('database')}`,
  )
}

function processorTimes(): Record<keyof typeof parts, number> {
  return { worker: processorMs(parts.worker), database: processorMs(parts.database) }
}

const reader = await engine.addMailbox('reader')
await fillFolder(engine, reader, Number(options.messages))
const socket = connect(engine.ports.imap, '127.0.0.1')
await answered(socket, `LOGIN ${reader.credential.username} ${reader.credential.password}`)
await answered(socket, 'SELECT INBOX')
for (const command of commands) await measure(socket, command)
socket.destroy()
await engine.stop()
await database.stop()
rmSync(directory, { recursive: true, force: true })
