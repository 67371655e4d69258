/** Where the test database of this account and this checkout lives. */
import { createHash } from 'node:crypto'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

export type Durability = 'on' | 'off'

export function serverName(fsync: Durability): { directory: string; socket: string } {
  const checkout = createHash('sha256')
    .update(import.meta.dirname)
    .digest('hex')
    .slice(0, 8)
  const directory = join(tmpdir(), `mail-tests-${userInfo().uid}-${checkout}-fsync-${fsync}`)
  return { directory, socket: `\0${directory}` }
}
