/** Where tests leave what they measured. It says what happened on this machine and is not part of the source. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const directory = join(import.meta.dirname, '../artifacts')

export function artifactPath(name: string): string {
  mkdirSync(directory, { recursive: true })
  return join(directory, name)
}
