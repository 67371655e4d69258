/** The site's master key, made at first run where the operator gave none. Losing it makes every credential useless. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readDataDirectoryEnv } from '#lib/env/data-directory.ts'
import type { Environment } from '#lib/env/read-environment.ts'
import { masterKeyBytes, masterKeyLocation, readSecretsEnv } from '#lib/env/secrets.ts'
import { StartupError } from './startup-error.ts'
import { writeAtomically } from './write-atomically.ts'

/** @throws EnvironmentError when a key that was given is unreadable; StartupError when mail is there and its key is not */
export function ensureMasterKey(environment: Environment): void {
  const { path, isChosen } = masterKeyLocation(environment)
  if (!environment.MASTER_KEY && !isChosen && !existsSync(path)) {
    refuseWithoutKey(environment, path)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeAtomically(path, `${randomBytes(masterKeyBytes).toString('base64')}\n`, 0o600)
  }
  readSecretsEnv(environment)
}

/** A new key would make every password useless that the old one has sealed, and nobody would know why. */
function refuseWithoutKey(environment: Environment, path: string): void {
  if (!existsSync(join(readDataDirectoryEnv(environment).path, 'postgres'))) return
  throw new StartupError(
    `The master key of this data directory is missing. Put it back as ${path}, or name it in MASTER_KEY_FILE.`,
  )
}
