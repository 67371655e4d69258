/**
 * Where the files of one mailbox are: below the directory that the site's configuration names, and nowhere else.
 *
 * Refuses: names with "..", and links that lead out.
 */
import { realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { SourceFailed } from './source.ts'

/** @param root null: this site reads no files */
export async function sourcePath(root: string | null, directory: string, name: string): Promise<string> {
  if (root === null) throw new SourceFailed('filesUnreadable', 'MIGRATION_DIR is not set')
  const isOdd = [directory, name].some((path) => path.includes('\0') || path.split('/').includes('..'))
  if (isOdd || name.trim() === '') throw new SourceFailed('filesUnreadable', 'not a name below MIGRATION_DIR')
  try {
    const [base, path] = [await realpath(root), await realpath(join(root, directory, name))]
    if (path.startsWith(base + sep)) return path
  } catch (cause) {
    throw new SourceFailed('filesUnreadable', 'no such file below MIGRATION_DIR', { cause })
  }
  throw new SourceFailed('filesUnreadable', 'a link that leads out of MIGRATION_DIR')
}
