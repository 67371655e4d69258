/** The site's one master key; every other secret is derived from it by HKDF under a name of its own. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { readDataDirectoryEnv } from './data-directory.ts'
import { type Environment, EnvironmentError, oncePerProcess, readEnvironment } from './read-environment.ts'

const schema = z.object({ MASTER_KEY: z.string().optional(), MASTER_KEY_FILE: z.string().optional() })

export const masterKeyBytes = 32

export type SecretsEnv = { readonly masterKey: Buffer }

/** Where the key lies when the environment does not hold the key itself, and whether the operator chose the place. */
export function masterKeyLocation(environment: Environment): { path: string; isChosen: boolean } {
  const { MASTER_KEY_FILE } = readEnvironment(schema, environment)
  if (MASTER_KEY_FILE !== undefined) return { path: resolve(MASTER_KEY_FILE), isChosen: true }
  return { path: join(readDataDirectoryEnv(environment).path, 'keys', 'master.key'), isChosen: false }
}

export function readSecretsEnv(environment: Environment): SecretsEnv {
  const { MASTER_KEY } = readEnvironment(schema, environment)
  if (MASTER_KEY !== undefined) return { masterKey: decodeKey('MASTER_KEY', MASTER_KEY) }
  const { path } = masterKeyLocation(environment)
  return { masterKey: decodeKey('MASTER_KEY_FILE', readKeyFile(path)) }
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    throw new EnvironmentError('MASTER_KEY_FILE', `cannot read the key file ${path} (${code})`)
  }
}

function decodeKey(variable: string, text: string): Buffer {
  const key = Buffer.from(text, 'base64')
  if (key.length === masterKeyBytes && /^[A-Za-z0-9+/]+=?$/.test(text)) return key
  throw new EnvironmentError(
    variable,
    `must hold ${masterKeyBytes} bytes in base64 (openssl rand -base64 ${masterKeyBytes})`,
  )
}

export const secretsEnv = oncePerProcess(readSecretsEnv)
