/**
 * How this room reads the environment: one schema per concern, parsed at first use and then kept for the process.
 * An unreadable value is one line that names the variable; the value itself is never repeated, it may be a secret.
 */
import type { z } from 'zod'

export type Environment = Readonly<Record<string, string | undefined>>

export class EnvironmentError extends Error {
  readonly variable: string

  constructor(variable: string, problem: string) {
    super(`${variable}: ${problem}`)
    this.name = 'EnvironmentError'
    this.variable = variable
  }
}

/** Reads the variables that the schema names. A variable that is set to nothing counts as unset. */
export function readEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Environment,
): z.output<Schema> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = environment[name]?.trim()
      return value ? [[name, value]] : []
    }),
  )
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new EnvironmentError(String(issue?.path[0] ?? 'environment'), issue?.message ?? 'is not readable')
}

/** Parses at the first call and answers the same value from then on. */
export function oncePerProcess<Value>(read: (environment: Environment) => Value): () => Value {
  let known: { value: Value } | undefined
  return () => {
    known ??= { value: read(process.env) }
    return known.value
  }
}
