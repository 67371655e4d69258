/** New databases are copies of a migrated one, which is made once for each state of the migrations. */
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyMigrations, migrationsDirectory } from '#lib/db/migrate.ts'
import {
  createDatabase,
  databaseUrl,
  dropDatabase,
  exclusively,
  listDatabases,
  renameDatabase,
} from '#lib/db/server.ts'

const TEMPLATE_LOCK = 3_316_204_917 // of our choosing: test processes that start together make one template
export const testDatabasePrefix = 'test_'

export async function databaseFromTemplate(adminUrl: string): Promise<{ url: string; name: string }> {
  const name = `${testDatabasePrefix}${randomBytes(6).toString('hex')}`
  await createDatabase(adminUrl, name, await template(adminUrl))
  return { name, url: databaseUrl(adminUrl, name) }
}

async function template(adminUrl: string): Promise<string> {
  const name = `template_${migrationsHash()}`
  const unfinished = `${name}_unfinished`
  await exclusively(adminUrl, TEMPLATE_LOCK, async () => {
    if ((await listDatabases(adminUrl, name)).length > 0) return
    await dropDatabase(adminUrl, unfinished)
    await createDatabase(adminUrl, unfinished)
    await applyMigrations(databaseUrl(adminUrl, unfinished))
    await renameDatabase(adminUrl, unfinished, name)
  })
  return name
}

function migrationsHash(): string {
  const hash = createHash('sha256')
  const files = readdirSync(migrationsDirectory, { recursive: true, encoding: 'utf8' }).sort()
  for (const file of files.filter((path) => path.endsWith('.sql'))) {
    hash.update(file).update(readFileSync(join(migrationsDirectory, file)))
  }
  return hash.digest('hex').slice(0, 16)
}
