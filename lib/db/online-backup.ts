/**
 * A backup of a running server by its files (PostgreSQL's "low level API").
 *
 * Guarantees: while the backup is open the server keeps every log segment that it needs (a slot of the session's own,
 * which goes with it, also when this process is killed). The files may be copied in any order while they change: what is
 * torn in the copy is repaired from the log at the first start.
 */
import pg from 'pg'

export type OnlineBackup = {
  /** When the files have been copied. @returns what to lay beside them */
  finish(): Promise<{
    /** the content of the file backup_label */
    readonly label: string
    /** names of the log segments that the copy needs, from the first to the last */
    readonly firstSegment: string
    readonly lastSegment: string
  }>
  /** When the segments have been copied too. */
  close(): Promise<void>
}

/** @param adminUrl of a superuser */
export async function openOnlineBackup(adminUrl: string): Promise<OnlineBackup> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {}) // what breaks the connection also fails the query, which tells
  await client.connect()
  const one = async (text: string): Promise<Record<string, string>> => (await client.query(text)).rows[0]
  try {
    await client.query(`SELECT pg_create_physical_replication_slot('backup_' || pg_backend_pid(), true, true)`)
    const begun = await one(`SELECT pg_walfile_name(pg_backup_start('infonia', true)) AS segment`)
    return {
      async finish() {
        const ended = await one(
          'SELECT labelfile AS label, pg_walfile_name(lsn) AS segment FROM pg_backup_stop(wait_for_archive => false)',
        )
        return { label: ended.label ?? '', firstSegment: begun.segment ?? '', lastSegment: ended.segment ?? '' }
      },
      close: () => client.end(),
    }
  } catch (error) {
    await client.end()
    throw error
  }
}
