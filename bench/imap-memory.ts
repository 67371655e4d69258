/**
 * How much memory IMAP takes: for each connection that idles in an open folder, in clear and with TLS, and for reading a
 * folder of very many messages. The worker is a real one; its resident memory is read from /proc.
 *
 * Options: --connections 2000 (of each kind), --messages 100000
 */
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { answered, fillFolder } from './imap-folder.ts'

const { values: options } = parseArgs({
  options: { connections: { type: 'string', default: '2000' }, messages: { type: 'string', default: '100000' } },
})
const SETTLE_MS = 3_000
const AT_ONCE = 20
const LOOK_EVERY_MS = 20

type Mailbox = Awaited<ReturnType<TestEngine['addMailbox']>>

function residentKib(engine: TestEngine): number {
  const status = readFileSync(`/proc/${engine.workers[0]?.pid}/status`, 'latin1')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])
}

async function idle(engine: TestEngine, { credential }: Mailbox, isTls: boolean): Promise<ImapClient> {
  const client = await (isTls ? ImapClient.connect(engine) : ImapClient.connectPlainly(engine))
  await client.ok(`LOGIN ${credential.username} ${credential.password}`)
  await client.ok('SELECT INBOX')
  client.wire.send('i IDLE\r\n')
  await client.wire.until(/\+ idling\r\n/)
  return client
}

async function openMany(engine: TestEngine, mailbox: Mailbox, count: number, isTls: boolean): Promise<ImapClient[]> {
  const clients: ImapClient[] = []
  while (clients.length < count) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - clients.length) }, () => idle(engine, mailbox, isTls))
    clients.push(...(await Promise.all(some)))
  }
  return clients
}

async function measureIdle(engine: TestEngine, mailbox: Mailbox, isTls: boolean): Promise<void> {
  const count = Number(options.connections)
  // The first ones pay for code and pools that the others share.
  const first = await openMany(engine, mailbox, 100, isTls)
  await delay(SETTLE_MS)
  const before = residentKib(engine)
  const clients = await openMany(engine, mailbox, count, isTls)
  await delay(SETTLE_MS)
  const each = (residentKib(engine) - before) / count
  console.info(`${count} connections in IDLE, ${isTls ? 'TLS' : 'in clear'}: ${each.toFixed(1)} KiB each`)
  for (const client of [...first, ...clients]) client.wire.vanish()
  await delay(SETTLE_MS)
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
const idler = await engine.addMailbox('idler')
await measureIdle(engine, idler, false)
await measureIdle(engine, idler, true)

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
