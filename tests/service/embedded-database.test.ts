/** The embedded PostgreSQL keeps what it acknowledged, through every way of ending. */
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type Database, openDatabase } from '#lib/db/database.ts'
import { type EmbeddedDatabase, startEmbeddedDatabase } from '#lib/service/embedded-database.ts'

const CREATE = { name: 'create', text: 'CREATE TABLE IF NOT EXISTS kept (id int PRIMARY KEY)' }
const INSERT = { name: 'insert', text: 'INSERT INTO kept VALUES ($1)' }
const COUNT = { name: 'count', text: 'SELECT count(*)::int AS count FROM kept' }
const SETTINGS = {
  name: 'settings',
  text: `SELECT name, setting FROM pg_settings WHERE name IN
    ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'server_encoding', 'listen_addresses')`,
}
const IS_SUPERUSER = { name: 'is_superuser', text: 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user' }

async function use<Result>(url: string, work: (database: Database) => Promise<Result>): Promise<Result> {
  const database = openDatabase(url, 2)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

async function count(url: string): Promise<number | undefined> {
  return use(url, async (database) => (await database.query<{ count: number }>(COUNT, []))[0]?.count)
}

async function withServer<Result>(directory: string, work: (server: EmbeddedDatabase) => Promise<Result>) {
  const server = await startEmbeddedDatabase(directory)
  try {
    return await work(server)
  } finally {
    await server.stop()
  }
}

describe('the embedded database', () => {
  let directory = ''
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'mail-embedded-'))
  })
  after(() => rmSync(directory, { recursive: true, force: true }))

  test('is durable, checked, UTF-8, and reached through no network', async () => {
    const rows = await withServer(directory, ({ url }) =>
      use(url, (database) => database.query<{ name: string; setting: string }>(SETTINGS, [])),
    )
    assert.deepEqual(Object.fromEntries(rows.map(({ name, setting }) => [name, setting])), {
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
    })
    assert.equal(statSync(join(directory, 'run')).mode & 0o777, 0o700)
    assert.equal(statSync(join(directory, 'postgres')).mode & 0o777, 0o700)
    assert.equal(statSync(join(directory, 'keys/database.password')).mode & 0o777, 0o600)
  })

  test("the service's account is no superuser", async () => {
    const rows = await withServer(directory, ({ url }) => use(url, (database) => database.query(IS_SUPERUSER, [])))
    assert.deepEqual(rows, [{ rolsuper: false }])
  })

  test('keeps its data over a stop and a start', async () => {
    const firstUrl = await withServer(directory, async ({ url }) => {
      await use(url, async (database) => {
        await database.query(CREATE, [])
        await database.query(INSERT, [1])
      })
      return url
    })
    await withServer(directory, async ({ url, isNew }) => {
      assert.equal(await count(url), 1)
      assert.equal(isNew, false)
      assert.equal(url, firstUrl)
    })
  })

  test('keeps what was committed when the server is killed', async () => {
    await withServer(directory, async ({ url, processId, ended }) => {
      await use(url, (database) => database.query(INSERT, [2]))
      process.kill(processId, 'SIGKILL')
      await ended
    })
    await withServer(directory, async ({ url }) => assert.equal(await count(url), 2))
  })

  test('takes over from a server whose supervisor was killed', async () => {
    const supervisor = fork(join(import.meta.dirname, '../support/abandon-database.ts'), [directory])
    const [processId] = (await once(supervisor, 'message')) as [number]
    if (supervisor.signalCode === null) await once(supervisor, 'exit')
    assert.equal(supervisor.signalCode, 'SIGKILL')
    assert.ok(runs(processId))
    await withServer(directory, async ({ url }) => {
      assert.ok(!runs(processId))
      assert.equal(await count(url), 2)
    })
  })

  test('is not kept from starting by a lock file that names some other process', async () => {
    const lockFile = join(directory, 'postgres/postmaster.pid')
    writeFileSync(lockFile, `${process.pid}\n${join(directory, 'postgres')}\n`)
    await withServer(directory, async ({ processId }) => {
      assert.equal(Number(readFileSync(lockFile, 'utf8').split('\n')[0]), processId)
    })
  })

  test('starts where no other account may look, such as under /root', async () => {
    const hidden = join(directory, 'hidden')
    mkdirSync(hidden, { mode: 0o700 })
    mkdirSync(join(hidden, 'data'))
    await withServer(join(hidden, 'data'), ({ url }) => use(url, (database) => database.query(CREATE, [])))
  })

  test('starts where the path is longer than the name of a socket may be', async () => {
    const deep = join(directory, 'a-directory-with-a-long-name'.repeat(4))
    mkdirSync(deep)
    await withServer(deep, ({ url }) => use(url, (database) => database.query(CREATE, [])))
  })

  test('an interrupted first run leaves nothing that would be taken for a database', async () => {
    const fresh = join(directory, 'fresh')
    mkdirSync(join(fresh, 'postgres.new/base'), { recursive: true })
    await withServer(fresh, async ({ isNew }) => assert.equal(isNew, true))
  })
})

/** A process that has ended has no program, even while its parent has not asked how. */
function runs(processId: number): boolean {
  try {
    return readlinkSync(`/proc/${processId}/exe`) !== ''
  } catch {
    return false
  }
}
