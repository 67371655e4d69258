/**
 * How much memory one IMAP session takes that reads a folder of very many messages, from cold. The worker is a real one;
 * its resident memory is read from /proc.
 *
 * Options: --messages 100000
 */
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { parseArgs } from 'node:util'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import { answered, fillFolder } from './imap-folder.ts'

const { values: options } = parseArgs({ options: { messages: { type: 'string', default: '100000' } } })
const LOOK_EVERY_MS = 20

function residentKib(engine: TestEngine): number {
  const status = readFileSync(`/proc/${engine.workers[0]?.pid}/status`, 'latin1')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])
}

async function measureReading(engine: TestEngine, socket: Socket, command: string): Promise<void> {
  const before = residentKib(engine)
  let highest = before
  const looking = setInterval(() => {
    highest = Math.max(highest, residentKib(engine))
  }, LOOK_EVERY_MS)
  const started = performance.now()
  await answered(socket, command)
  clearInterval(looking)
  const seconds = (performance.now() - started) / 1_000
  const moreMib = (highest - before) / 1_024
  console.info(
    `${options.messages} messages, ${command}: ${seconds.toFixed(2)} s, at most ${moreMib.toFixed(0)} MiB more`,
  )
}

const engine = await startEngine({
  policy: (document) => {
    document.listeners.imap.requireTls = false
  },
})
const reader = await engine.addMailbox('reader')
await fillFolder(engine, reader, Number(options.messages))
const socket = connect(engine.ports.imap, '127.0.0.1')
await answered(socket, `LOGIN ${reader.credential.username} ${reader.credential.password}`)
for (const command of [
  'SELECT INBOX',
  'FETCH 1:* FLAGS',
  'FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)',
  'SEARCH UNSEEN',
  'SEARCH SUBJECT nothing',
  'SEARCH TEXT nothing',
  'SORT (DATE) UTF-8 ALL',
  'THREAD REFERENCES UTF-8 ALL',
]) {
  await measureReading(engine, socket, command)
}
socket.destroy()
await engine.stop()
