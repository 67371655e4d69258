/**
 * Prisma migrations without Prisma's native engine (a download that closed networks do not have): the same engine as
 * WebAssembly, over the same driver adapter as the portal's client.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'
import { exclusively } from './server.ts'

const projectDirectory = join(import.meta.dirname, '../..')
export const migrationsDirectory = join(projectDirectory, 'prisma/migrations')
export const schemaFile = join(projectDirectory, 'prisma/schema.prisma')

const MIGRATION_LOCK = 4_207_849_484 // of our choosing: two services that start together migrate one after the other
const filters = { externalTables: [], externalEnums: [] }

/** @returns the names of the migrations that were applied now; none when the database was up to date */
export async function applyMigrations(url: string): Promise<string[]> {
  return exclusively(url, MIGRATION_LOCK, () =>
    withEngine(url, undefined, async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrations(), filters })
      return appliedMigrationNames
    }),
  )
}

/**
 * The SQL that leads from the migrations so far to `prisma/schema.prisma`; empty when they agree.
 * @param shadowUrl an empty database, into which the migrations are played
 */
export async function migrationScript(shadowUrl: string): Promise<string> {
  const schema = { content: readFileSync(schemaFile, 'utf8'), path: schemaFile }
  return withEngine(shadowUrl, shadowUrl, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...migrations() },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: null,
      filters,
    })
    return stdout === null || stdout.includes('-- This is an empty migration.') ? '' : stdout
  })
}

function migrations(): MigrationList {
  const names = readdirSync(migrationsDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(migrationsDirectory, name, 'migration.sql'), 'utf8') },
      },
    })),
  }
}

const CHAR_OID = 18
const CHAR_ARRAY_OID = 1002

type Rows = Awaited<ReturnType<SqlDriverAdapter['queryRaw']>>

/** Prisma takes a column that an index only INCLUDEs for one of its key; it is told by having no operator class. */
function withoutIncluded({ columnNames, rows }: Rows): Rows['rows'] {
  const operatorClass = columnNames.indexOf('opclass')
  return operatorClass === -1 ? rows : rows.filter((row) => row[operatorClass] !== null)
}

/**
 * A connection on which the engine can read PostgreSQL's own catalogue. The adapter knows no "char", the catalogue's
 * one-letter type, but arrays of it: results pass it under that name, which nothing in the catalogue needs.
 */
async function connectToCatalogue(url: string): Promise<SqlDriverAdapter> {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>
  const disguised = async (...args: unknown[]) => {
    const result = await query(...args)
    for (const field of result.fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = CHAR_ARRAY_OID
    return result
  }
  const connection = await new PrismaPg(Object.assign(pool, { query: disguised }), {
    disposeExternalPool: true,
  }).connect()
  const { CharacterArray, Character } = ColumnTypeEnum
  const queryDisguised = connection.queryRaw.bind(connection)
  const queryRaw: SqlDriverAdapter['queryRaw'] = async (sql) => {
    const result = await queryDisguised(sql)
    const columnTypes = result.columnTypes.map((type) => (type === CharacterArray ? Character : type))
    return { ...result, columnTypes, rows: withoutIncluded(result) }
  }
  return Object.assign(connection, { queryRaw })
}

async function withEngine<Result>(
  url: string,
  shadowUrl: string | undefined,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const { SchemaEngine } = await import('@prisma/schema-engine-wasm')
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  const adapter = new PrismaPg(pool)
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connect: () => adapter.connect(),
    connectToShadowDb: () => connectToCatalogue(shadowUrl ?? url),
  }
  const datamodels: [string, string][] = [[schemaFile, readFileSync(schemaFile, 'utf8')]]
  const engine = await SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(factory))
  try {
    return await work(engine)
  } finally {
    engine.free()
    await pool.end()
  }
}
