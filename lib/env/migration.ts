/** Where files of old mail systems lie that mailboxes are brought here from. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'

const schema = z.object({ MIGRATION_DIR: z.string().optional() })

/** `directory`: null where no files may be read */
export type MigrationEnv = { readonly directory: string | null }

export function readMigrationEnv(environment: Environment): MigrationEnv {
  const { MIGRATION_DIR } = readEnvironment(schema, environment)
  return { directory: MIGRATION_DIR === undefined ? null : resolve(MIGRATION_DIR) }
}

export const migrationEnv = oncePerProcess(readMigrationEnv)
