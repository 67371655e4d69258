/** An index as it lies on the disk: `dovecot.index`, and its log from before and after it was last begun anew. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DovecotIndex, emptyIndex } from './dovecot-index.ts'
import { replayLog } from './dovecot-index-log.ts'
import { readSnapshot } from './dovecot-index-snapshot.ts'
import { SourceFailed } from './source.ts'

/**
 * @param name `dovecot.index`, or that of mdbox's map
 * @returns null where there is none
 */
export async function readIndexFiles(directory: string, name: string): Promise<DovecotIndex | null> {
  const [snapshot, ...logs] = await Promise.all(
    [name, `${name}.log.2`, `${name}.log`].map((file) => readFile(join(directory, file)).catch(() => null)),
  )
  const found = logs.filter((log) => log !== null)
  if (found.length === 0) return null
  try {
    const index = snapshot === null || snapshot === undefined ? emptyIndex() : readSnapshot(snapshot)
    for (const log of found) replayLog(index, log)
    return index
  } catch (cause) {
    if (cause instanceof RangeError) throw new SourceFailed('folderUnreadable', `a broken ${name}`, { cause })
    throw cause
  }
}
