/**
 * The end of the chain, written down where the database cannot reach. Without it a trail from whose end records were
 * taken away would look like one that is simply shorter.
 *
 * A file of JSON lines that only grows: a head stays written down also after the record that it names is gone. Several
 * processes may append at a time (O_APPEND); who keeps the file on another machine keeps it from whoever owns this one.
 */
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Queryable } from '#lib/db/database.ts'

const head = z.object({ id: z.int().positive(), hash: z.hex().length(64), at: z.iso.datetime() })
export type ChainHead = z.infer<typeof head>

const HEAD = {
  name: 'audit-head',
  text: `SELECT id, encode(hash, 'hex') AS hash, at FROM audit_records ORDER BY id DESC LIMIT 1`,
}

export const chainHeadsFile = (dataDirectory: string) => join(dataDirectory, 'audit-heads.jsonl')

export async function currentHead(database: Queryable): Promise<ChainHead | null> {
  const [row] = await database.query<{ id: number; hash: string; at: Date }>(HEAD, [])
  return row === undefined ? null : { ...row, at: row.at.toISOString() }
}

/** A line whole or not at all: a disk that fills up in the middle of it must not look like tampering. */
export async function appendHead(file: string, next: ChainHead): Promise<void> {
  const heads = await open(file, 'a', 0o600)
  try {
    const { size } = await heads.stat()
    try {
      await heads.appendFile(`${JSON.stringify(next)}\n`)
      await heads.sync()
    } catch (error) {
      await heads.truncate(size)
      throw error
    }
  } finally {
    await heads.close()
  }
}

/** Oldest first; none where no file is yet. @throws when the file holds something else */
export async function readHeads(file: string): Promise<ChainHead[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => head.parse(JSON.parse(line)))
}
