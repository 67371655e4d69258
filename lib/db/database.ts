/**
 * The engine's way to PostgreSQL: a pool of connections and prepared statements.
 *
 * Guarantees: every statement is prepared once per connection under its name; a transaction that returns has been
 * committed with the server's synchronous_commit, so what it wrote survives a loss of power. Whoever writes waits for the
 * disk; some connections are never theirs, so that those who only read do not wait for a disk that is slow.
 * Refuses: integers beyond 2^53 (an id that large is a fault, not a number to round).
 */
import pg from 'pg'
import { createSemaphore } from '#lib/semaphore/semaphore.ts'

/** A statement with a name is prepared; the name must stand for one text only. */
export type Statement = { readonly name: string; readonly text: string }

export interface Queryable {
  query<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
}

export interface Database extends Queryable {
  /** Runs `work` between BEGIN and COMMIT; an exception rolls back and is thrown on. */
  transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/**
 * Every hot statement is prepared and reaches its rows by key, so one plan serves for all values. Left to itself the
 * server plans large statements anew at each execution, because an array that is known looks cheaper than one that is
 * not: half of the time of a delivery was planning.
 */
const SESSION_SETTINGS = 'SET plan_cache_mode = force_generic_plan; SET jit = off'

const INT8_OID = 20
const INT2_ARRAY_OID = 1005
const INT4_ARRAY_OID = 1007
const INT8_ARRAY_OID = 1016

function safeInteger(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`integer out of range: ${value}`)
  return value
}

type Integers = readonly (number | Integers)[]

/** "{1,2,3}" or "{{1,2},{3,4}}"; no statement here puts NULL into an array of integers. */
const parseIntegers = (text: string): Integers => JSON.parse(text.replaceAll('{', '[').replaceAll('}', ']'))

function parseSafeIntegers(text: string): Integers {
  const integers = parseIntegers(text)
  checkAll(integers)
  return integers
}

function checkAll(integers: Integers): void {
  for (const each of integers) typeof each === 'number' ? safeInteger(each) : checkAll(each)
}

const textParsers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [INT8_OID, (text) => safeInteger(Number(text))],
  [INT2_ARRAY_OID, parseIntegers],
  [INT4_ARRAY_OID, parseIntegers],
  [INT8_ARRAY_OID, parseSafeIntegers],
])

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    textParsers.get(oid) ?? pg.types.getTypeParser(oid, format),
}

const CONNECT_MS = 5_000
const WRITERS_SHARE = 0.75

const writes = new Map<string, boolean>()

function isWrite({ name, text }: Statement): boolean {
  const known = writes.get(name) ?? /\b(?:INSERT\s+INTO|UPDATE\s+\w|DELETE\s+FROM)/i.test(text)
  writes.set(name, known)
  return known
}

function queryableOn(client: pg.Pool | pg.PoolClient): Queryable {
  return {
    async query<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
      const { rows } = await client.query({ ...statement, values: [...values] })
      return rows
    },
  }
}

/**
 * @param url a postgresql:// connection URL
 * @param maxConnections connections of this process at the most
 */
export function openDatabase(url: string, maxConnections: number): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_MS,
    types,
    // Statements are sent without waiting for the answer to the one before: BEGIN costs no round trip of its own.
    pipeline: true,
    onConnect: async (client) => {
      await client.query(SESSION_SETTINGS)
    },
  })
  // A connection that breaks fails the query that runs on it, and is replaced at the next one; the event of its own,
  // with nobody listening, would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const permits = Math.max(1, Math.floor(maxConnections * WRITERS_SHARE))
  const writers = createSemaphore({ permits, maxWaitMs: CONNECT_MS })

  const whole = queryableOn(pool)
  return {
    query: <Row>(statement: Statement, values: readonly unknown[]) => {
      const run = () => whole.query<Row>(statement, values)
      return isWrite(statement) ? writers.run(run) : run()
    },
    transaction: (work) => writers.run(() => transact(pool, work)),
    close: () => pool.end(),
  }
}

async function transact<Result>(pool: pg.Pool, work: (transaction: Queryable) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const begun = client.query('BEGIN')
    begun.catch(() => {}) // told below; an exception of `work` may come first
    const result = await work(queryableOn(client))
    await begun
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause
    })
    throw error
  } finally {
    client.release(broken)
  }
}
