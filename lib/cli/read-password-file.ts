/**
 * The password file of an old system: lines of `user:hash` as in passwd, shadow and Dovecot's passwd-file, or CSV with
 * the first line `address,hash`. Pure.
 */
import { readTable } from '#lib/csv/read-table.ts'

export type PasswordLine = { readonly line: number; readonly address: string; readonly hash: string }

const CSV = /^address,hash\r?\n/

/**
 * @param domain of users that are written without one
 * @throws UnreadableTable
 */
export function readPasswordFile(bytes: Uint8Array, domain: string): PasswordLine[] {
  const text = new TextDecoder().decode(bytes)
  const entries = CSV.test(text)
    ? readTable(bytes).map(({ line, values: { address = '', hash = '' } }) => ({ line, user: address, hash }))
    : text.split(/\r?\n/).flatMap(entryOf)
  return entries.map(({ line, user, hash }) => {
    const name = user.trim().toLowerCase()
    return { line, address: name.includes('@') ? name : `${name}@${domain}`, hash: hash.trim() }
  })
}

/** What follows the hash (uid, gid, home and the like) is not ours. */
function entryOf(text: string, index: number): { line: number; user: string; hash: string }[] {
  if (text.trim() === '' || text.startsWith('#')) return []
  const [user = '', hash = ''] = text.split(':')
  return [{ line: index + 1, user, hash }]
}
