/** `npm run db:migration -- name`: writes the next migration, the way from those so far to prisma/schema.prisma. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrationScript, migrationsDirectory } from '#lib/db/migrate.ts'
import { createDatabase, databaseUrl } from '#lib/db/server.ts'
import { startEmbeddedDatabase } from './embedded-database.ts'

const name = process.argv[2] ?? ''
if (!/^[a-z0-9_]+$/.test(name)) {
  console.error('Give the migration a name: npm run db:migration -- add_something')
  process.exit(1)
}

const script = await nextScript()
if (script === '') {
  console.log('The migrations already lead to prisma/schema.prisma; nothing was written.')
} else {
  const directory = join(migrationsDirectory, `${timestamp(new Date())}_${name}`)
  mkdirSync(directory)
  writeFileSync(join(directory, 'migration.sql'), script)
  console.log(`Written: ${directory}/migration.sql — read it before you commit it.`)
}

/** The migrations are played into an empty database of a server that lives for this moment. */
async function nextScript(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'mail-migration-'))
  const server = await startEmbeddedDatabase(directory, { fsync: 'off' })
  try {
    await createDatabase(server.adminUrl, 'shadow')
    return await migrationScript(databaseUrl(server.adminUrl, 'shadow'))
  } finally {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

function timestamp(at: Date): string {
  return at.toISOString().replaceAll(/\D/g, '').slice(0, 14)
}
