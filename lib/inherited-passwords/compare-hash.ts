/** Is it the password of this hash? The portal computes that here; the engine in a thread, away from its sessions. */
import { isOpenPassword, readHash } from './read-hash.ts'

export type CompareHash = (hash: string, password: Buffer) => Promise<boolean>

/** @throws when what was kept is no hash */
export const compareHash: CompareHash = async (text, password) => {
  const hash = readHash(text)
  if (isOpenPassword(hash)) throw new Error('a password of the old system was kept in the open')
  return hash.matches(password)
}
