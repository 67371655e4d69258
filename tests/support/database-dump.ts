/** Every value of every table, as a thief of the database would read it. */
import pg from 'pg'

/** Bytes as they are, everything else as text, a line feed after each. */
export async function dumpDatabase(url: string): Promise<Buffer> {
  const client = new pg.Client({ connectionString: url, types: { getTypeParser: () => (value: unknown) => value } })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    )
    const values: Buffer[] = []
    for (const { name } of tables.rows) {
      const { rows } = await client.query<(string | null)[]>({ text: `SELECT * FROM ${name}`, rowMode: 'array' })
      values.push(Buffer.from(`${name}\n`), ...rows.flat().flatMap(bytesOf))
    }
    return Buffer.concat(values)
  } finally {
    await client.end()
  }
}

/** PostgreSQL writes bytea as "\x…". */
function bytesOf(text: string | null): Buffer[] {
  if (text === null) return []
  const bytes = text.startsWith('\\x') ? Buffer.from(text.slice(2), 'hex') : Buffer.from(text)
  return [bytes, Buffer.from('\n')]
}
