/**
 * A database of one's own for a test: migrated, empty, there in about 50 ms.
 *
 * One embedded PostgreSQL serves all test files of this account. The first test to ask starts it
 * (database-server.ts, a process of its own); it ends by itself a few seconds after the last test process has gone.
 * TEST_DATABASE_SERVER, the URL of a superuser, names another server to use instead.
 */
import { spawn } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { createInterface, type Interface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { dropDatabase } from '#lib/db/server.ts'
import { type Durability, serverName } from './database-server-name.ts'
import { databaseFromTemplate } from './database-template.ts'

export type FreshDatabase = { readonly url: string; drop(): Promise<void> }

/** @param options.fsync "on" makes the server as durable as the service's, for tests about crashes of the server itself */
export async function freshDatabase(options: { fsync?: Durability } = {}): Promise<FreshDatabase> {
  const external = process.env.TEST_DATABASE_SERVER
  if (external) {
    const { url, name } = await databaseFromTemplate(external)
    return { url, drop: () => dropDatabase(external, name) }
  }
  const server = await serverOf(options.fsync ?? 'off')
  const url = await server.ask('create')
  return { url, drop: async () => void (await server.ask(`drop ${url}`)) }
}

type Server = { ask(question: string): Promise<string> }

const servers = new Map<Durability, Promise<Server>>()

function serverOf(fsync: Durability): Promise<Server> {
  const known = servers.get(fsync) ?? connectToServer(fsync)
  servers.set(fsync, known)
  return known
}

const START_SECONDS = 90
const RETRY_MS = 50

async function connectToServer(fsync: Durability): Promise<Server> {
  let started = false
  for (const deadline = Date.now() + START_SECONDS * 1_000; Date.now() < deadline; await delay(RETRY_MS)) {
    const socket = await tryToConnect(serverName(fsync))
    if (socket !== null) return conversation(socket)
    if (!started) startServer(fsync)
    started = true
  }
  throw new Error(`The test database did not start; see ${serverName(fsync).directory}/postgres.log`)
}

function tryToConnect({ socket: path }: { socket: string }): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket: Socket = connect(path)
    socket.once('connect', () => resolve(socket)).once('error', () => resolve(null))
  })
}

function startServer(fsync: Durability): void {
  const program = new URL('database-server.ts', import.meta.url).pathname
  spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, fsync], {
    detached: true,
    stdio: 'ignore',
  }).unref()
}

/** One line asks, one line answers, in turn. An open connection that waits for nothing does not keep a test alive. */
function conversation(socket: Socket): Server {
  const lines: Interface = createInterface(socket)
  let previous: Promise<unknown> = Promise.resolve()
  const exchange = (question: string) =>
    new Promise<string>((resolve, reject) => {
      const gone = () => reject(new Error('the test database has gone'))
      socket.ref()
      socket.once('close', gone)
      lines.once('line', (answer) => {
        socket.off('close', gone)
        socket.unref()
        if (answer.startsWith('error ')) reject(new Error(answer))
        else resolve(answer)
      })
      socket.write(`${question}\n`)
    })
  socket.on('error', () => {})
  socket.unref()
  return {
    ask(question) {
      const answer = previous.then(() => exchange(question))
      previous = answer.catch(() => {})
      return answer
    },
  }
}
