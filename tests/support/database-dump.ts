/** Every value of every table, as a thief of the database would read it. */
import { openDatabase } from '#lib/db/database.ts'

/** Bytes as they are, everything else as text, a line feed after each. */
export async function dumpDatabase(url: string): Promise<Buffer> {
  const database = openDatabase(url, 1)
  try {
    const tables = await database.query<{ name: string }>(
      {
        name: 'dump-tables',
        text: `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
      },
      [],
    )
    const values: Buffer[] = []
    for (const { name } of tables) {
      const rows = await database.query<{ row: unknown }>(
        { name, text: `SELECT to_jsonb(t) AS row FROM ${name} t` },
        [],
      )
      values.push(Buffer.from(`${name}\n`), ...rows.flatMap(({ row }) => bytesOf(row)))
    }
    return Buffer.concat(values)
  } finally {
    await database.close()
  }
}

/** PostgreSQL writes bytea as "\x…". */
function bytesOf(value: unknown): Buffer[] {
  if (value === null) return []
  if (typeof value === 'object') return Object.values(value).flatMap(bytesOf)
  const text = String(value)
  const bytes = text.startsWith('\\x') ? Buffer.from(text.slice(2), 'hex') : Buffer.from(text)
  return [bytes, Buffer.from('\n')]
}
