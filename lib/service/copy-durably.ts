/**
 * Copies a tree of files that others are changing.
 *
 * Guarantees: when it returns, everything is on the disk, with the owners and modes of the originals. A file that goes
 * away meanwhile is not there, and that is no fault.
 */
import { chmod, chown, copyFile, mkdir, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** @param isWanted asked with the path below `from`; an unwanted directory stays away as a whole */
export async function copyTree(
  from: string,
  to: string,
  isWanted: (path: string) => boolean,
  below = '',
): Promise<void> {
  await mkdir(to)
  await takeOwnership(from, to)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const path = join(below, entry.name)
    if (!isWanted(path)) continue
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await unlessGone(copyTree(source, target, isWanted, path))
    else if (entry.isFile()) await unlessGone(copyWholeFile(source, target))
  }
  await flush(to)
}

export async function copyWholeFile(from: string, to: string): Promise<void> {
  await copyFile(from, to)
  await takeOwnership(from, to)
  await flush(to)
}

async function takeOwnership(from: string, to: string): Promise<void> {
  const { mode, uid, gid } = await stat(from)
  await chmod(to, mode & 0o7777)
  if (process.getuid?.() === 0) await chown(to, uid, gid)
}

export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function unlessGone(copying: Promise<void>): Promise<void> {
  await copying.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}
