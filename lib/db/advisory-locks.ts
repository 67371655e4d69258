/**
 * Locks between processes that PostgreSQL keeps in memory: no row, no clock, no lease to renew.
 *
 * Guarantees: a lock has one holder among all processes; when its process dies or loses the database, the server
 * forgets the lock with the connection. One connection per process carries all of its locks.
 */
import pg from 'pg'

export interface AdvisoryLocks {
  /** @returns how to let go; null when somebody else holds the lock */
  tryTake(lockClass: number, id: number): Promise<(() => Promise<void>) | null>
  close(): Promise<void>
}

const TAKE = { name: 'advisory-lock-take', text: 'SELECT pg_try_advisory_lock($1, $2) AS "isTaken"' }
const RELEASE = { name: 'advisory-lock-release', text: 'SELECT pg_advisory_unlock($1, $2)' }

export function openAdvisoryLocks(url: string): AdvisoryLocks {
  // To the server one connection is one holder; which session of this process holds a lock is known here.
  const taken = new Set<string>()
  let connection: Promise<pg.Client> | undefined

  function connected(): Promise<pg.Client> {
    connection ??= connect()
    return connection
  }

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      pipeline: true, // nobody waits for somebody else's lock to be answered
    })
    const forget = () => {
      connection = undefined
    }
    client.on('error', () => {})
    client.once('end', forget)
    await client.connect().catch((error: unknown) => {
      forget()
      throw error
    })
    return client
  }

  async function take(lockClass: number, id: number): Promise<pg.Client | null> {
    const client = await connected()
    const { rows } = await client.query<{ isTaken: boolean }>({ ...TAKE, values: [lockClass, id] })
    return rows[0]?.isTaken ? client : null
  }

  return {
    async tryTake(lockClass, id) {
      const key = `${lockClass}:${id}`
      if (taken.has(key)) return null
      taken.add(key)
      try {
        const holder = await take(lockClass, id)
        if (holder === null) taken.delete(key)
        return holder === null ? null : releaseOnce(key, holder, [lockClass, id])
      } catch (error) {
        taken.delete(key)
        throw error
      }
    },
    async close() {
      const client = await connection?.catch(() => undefined)
      await client?.end()
    },
  }

  /** The next to take the lock in this process asks on the same connection, behind this release. */
  function releaseOnce(key: string, holder: pg.Client, values: number[]): () => Promise<void> {
    let released: Promise<unknown> | undefined
    return async () => {
      if (released === undefined) {
        released = holder.query({ ...RELEASE, values }).catch(() => {}) // a broken connection holds no locks
        taken.delete(key)
      }
      await released
    }
  }
}
