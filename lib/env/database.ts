/** Which PostgreSQL: the operator's (DATABASE_URL), or the embedded one, whose URL the supervisor hands to its children. */
import { z } from 'zod'
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
  const configured = readConfiguredDatabase(environment)
  if (configured === null) {
    throw new EnvironmentError('DATABASE_URL', 'is not set; start with `npm start`, which brings its own database')
  }
  return configured
}

export const databaseEnv = oncePerProcess(readDatabaseEnv)
