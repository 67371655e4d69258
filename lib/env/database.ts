/**
 * Which PostgreSQL: the operator's (DATABASE_URL), or the embedded one. Its URL the supervisor hands to its children, and
 * lays down in the data directory while it runs, in a file for its own account alone: commands beside it look there.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readDataDirectoryEnv } from './data-directory.ts'
import { flag } from './fields.ts'
import { type Environment, EnvironmentError, oncePerProcess, readEnvironment } from './read-environment.ts'

const problem = 'must be a PostgreSQL URL such as postgresql://user:password@host:5432/mail'

const schema = z.object({
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? ''), problem)
    .optional(),
  DATABASE_EMBEDDED: flag.default(false),
})

export type DatabaseEnv = { readonly url: string; readonly isEmbedded: boolean }

/** What the operator configured; null means the embedded database. */
export function readConfiguredDatabase(environment: Environment): DatabaseEnv | null {
  const { DATABASE_URL, DATABASE_EMBEDDED } = readEnvironment(schema, environment)
  return DATABASE_URL === undefined ? null : { url: DATABASE_URL, isEmbedded: DATABASE_EMBEDDED }
}

export function readDatabaseEnv(environment: Environment): DatabaseEnv {
  return readConfiguredDatabase(environment) ?? { url: runningEmbeddedUrl(environment), isEmbedded: true }
}

export const embeddedUrlFile = (dataDirectory: string) => join(dataDirectory, 'keys', 'database.url')

function runningEmbeddedUrl(environment: Environment): string {
  const file = embeddedUrlFile(readDataDirectoryEnv(environment).path)
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const problem =
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? 'is not set, and no embedded database runs here; start with `npm start`, which brings its own'
        : `is not set, and ${file} is for the account that runs the service`
    throw new EnvironmentError('DATABASE_URL', problem)
  }
}

export const databaseEnv = oncePerProcess(readDatabaseEnv)
