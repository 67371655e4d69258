/** A PostgreSQL server as a whole: whether it answers, and which databases it has. */
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

const RETRY_MS = 25

/** Resolves when the server answers a query; a wrong password or database name is not waited for. */
export async function waitForServer(url: string, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    try {
      return await withClient(url, async (client) => {
        await client.query('SELECT 1')
      })
    } catch (error) {
      if (!isStarting(error) || Date.now() > deadline) throw error
    }
    await delay(RETRY_MS)
  }
}

function isStarting(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  return ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', '57P03'].includes(code) // 57P03: cannot_connect_now
}

/** A database and the one account that owns it, which is no superuser; an existing account gets the password. */
export async function ensureDatabase(
  adminUrl: string,
  wanted: { name: string; owner: string; password: string },
): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const owner = pg.escapeIdentifier(wanted.owner)
    const roles = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [wanted.owner])
    const verb = roles.rowCount === 0 ? 'CREATE' : 'ALTER'
    await client.query(`${verb} ROLE ${owner} LOGIN PASSWORD ${pg.escapeLiteral(wanted.password)}`)
    const databases = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [wanted.name])
    if (databases.rowCount === 0)
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(wanted.name)} OWNER ${owner}`)
  })
}

/** The URL of another database of the same server. */
export function databaseUrl(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(name)}`
  return other.href
}

/** A new database; from a template it is a copy of that. */
export async function createDatabase(adminUrl: string, name: string, template?: string): Promise<void> {
  const source = template === undefined ? '' : ` TEMPLATE ${pg.escapeIdentifier(template)}`
  await withClient(adminUrl, (client) => client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}${source}`))
}

/** Connections to it are ended. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  )
}

export async function renameDatabase(adminUrl: string, name: string, newName: string): Promise<void> {
  const [from, to] = [pg.escapeIdentifier(name), pg.escapeIdentifier(newName)]
  await withClient(adminUrl, (client) => client.query(`ALTER DATABASE ${from} RENAME TO ${to}`))
}

/** @param pattern of SQL's LIKE */
export async function listDatabases(adminUrl: string, pattern: string): Promise<string[]> {
  return withClient(adminUrl, async (client) => {
    const result = await client.query('SELECT datname FROM pg_database WHERE datname LIKE $1', [pattern])
    return result.rows.map((row: { datname: string }) => row.datname)
  })
}

/** Runs `work` while no other process of this server does so under the same number. */
export async function exclusively<Result>(url: string, lock: number, work: () => Promise<Result>): Promise<Result> {
  return withClient(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [lock])
    return work()
  })
}

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {}) // what breaks the connection also fails the query, which tells
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
