/** The site's master key, made at first run where the operator gave none. Losing it makes every credential useless. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Environment } from '#lib/env/read-environment.ts'
import { masterKeyBytes, masterKeyLocation, readSecretsEnv } from '#lib/env/secrets.ts'
import { writeAtomically } from './write-atomically.ts'

/** @throws EnvironmentError when a key that was given is unreadable */
export function ensureMasterKey(environment: Environment): void {
  const { path, isChosen } = masterKeyLocation(environment)
  if (!environment.MASTER_KEY && !isChosen && !existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeAtomically(path, `${randomBytes(masterKeyBytes).toString('base64')}\n`, 0o600)
  }
  readSecretsEnv(environment)
}
