/** The migrations and prisma/schema.prisma say the same, and what Prisma cannot say is there. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openDatabase } from '#lib/db/database.ts'
import { migrationScript } from '#lib/db/migrate.ts'
import { createDatabase, databaseUrl } from '#lib/db/server.ts'
import { type EmbeddedDatabase, startEmbeddedDatabase } from '#lib/service/embedded-database.ts'
import { freshDatabase } from '../support/database.ts'

const STORAGE = {
  name: 'storage',
  text: `SELECT attrelid::regclass::text AS "table", attstorage AS storage FROM pg_attribute
    WHERE attname = 'content' AND attrelid IN ('bodies'::regclass, 'queued_messages'::regclass) ORDER BY 1`,
}
const DUE_INDEX = {
  name: 'due_index',
  text: `SELECT indexdef FROM pg_indexes WHERE indexname = 'queued_recipients_due_idx'`,
}

describe('migrations', () => {
  let directory = ''
  let server: EmbeddedDatabase
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'mail-migrations-'))
    server = await startEmbeddedDatabase(directory, { fsync: 'off' })
  })
  after(async () => {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  test('lead to the schema: nothing is left to migrate', async () => {
    await createDatabase(server.adminUrl, 'shadow')
    assert.equal(await migrationScript(databaseUrl(server.adminUrl, 'shadow')), '')
  })

  test('message bytes lie uncompressed and out of line; the queue finds what is due by a partial index', async () => {
    const { url, drop } = await freshDatabase()
    const database = openDatabase(url, 1)
    try {
      assert.deepEqual(await database.query(STORAGE, []), [
        { table: 'bodies', storage: 'e' },
        { table: 'queued_messages', storage: 'e' },
      ])
      const [index] = await database.query<{ indexdef: string }>(DUE_INDEX, [])
      assert.match(index?.indexdef ?? '', /\(next_attempt_at\) WHERE \(state = 'WAITING'/)
    } finally {
      await database.close()
      await drop()
    }
  })
})
