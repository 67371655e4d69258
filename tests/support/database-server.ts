/**
 * The process of the shared test database. Test processes hold a connection to it as long as they live and ask for
 * databases; what they leave behind is dropped, and when nobody is there any more, it ends.
 */
import { mkdirSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { dropDatabase, listDatabases } from '#lib/db/server.ts'
import { startEmbeddedDatabase } from '#lib/service/embedded-database.ts'
import { type Durability, serverName } from './database-server-name.ts'
import { databaseFromTemplate, testDatabasePrefix } from './database-template.ts'

const LINGER_MS = 10_000

const fsync: Durability = process.argv[2] === 'on' ? 'on' : 'off'
const { directory, socket: socketName } = serverName(fsync)
mkdirSync(directory, { recursive: true })

const guests = new Set<Socket>()
const server = createServer((guest) => void serve(guest))
// The name is taken before the database starts: of several processes that try at once, one goes on.
server.on('error', () => process.exit(0))
await new Promise<void>((resolve) => server.listen(socketName, resolve))

const database = startEmbeddedDatabase(directory, { fsync })
const ready = database.then(async ({ adminUrl }) => {
  for (const name of await listDatabases(adminUrl, `${testDatabasePrefix}%`)) await dropDatabase(adminUrl, name)
  return adminUrl
})
database.then(({ ended }) => ended).finally(() => process.exit())

async function stop(): Promise<void> {
  await (await database).stop()
}

let leaving = setTimeout(stop, LINGER_MS)
process.on('SIGTERM', stop)

async function serve(guest: Socket): Promise<void> {
  guests.add(guest)
  clearTimeout(leaving)
  const names = new Set<string>()
  guest.on('error', () => {})
  try {
    for await (const line of createInterface(guest)) {
      const answer = await respond(line, names).catch((error: Error) => `error ${error.message}`)
      guest.write(`${answer.replaceAll('\n', ' ')}\n`)
    }
  } finally {
    const adminUrl = await ready
    for (const name of names) await dropDatabase(adminUrl, name)
    guests.delete(guest)
    clearTimeout(leaving)
    if (guests.size === 0) leaving = setTimeout(stop, LINGER_MS)
  }
}

async function respond(line: string, names: Set<string>): Promise<string> {
  const adminUrl = await ready
  const [verb, argument = ''] = line.split(' ')
  if (verb === 'create') {
    const { url, name } = await databaseFromTemplate(adminUrl)
    names.add(name)
    return url
  }
  const name = new URL(argument).pathname.slice(1)
  if (verb !== 'drop' || !names.delete(name)) throw new Error(`not understood: ${verb}`)
  await dropDatabase(adminUrl, name)
  return 'dropped'
}
