/** What this machine runs, and how many engine workers. */
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { flag } from './fields.ts'
import { type Environment, readEnvironment } from './read-environment.ts'

const roles = ['all', 'web', 'engine'] as const
const workersProblem = 'must be a number from 1 to 64'

const schema = z.object({
  ROLE: z.enum(roles, `must be one of ${roles.join(', ')}`).default('all'),
  ENGINE_WORKERS: z
    .string()
    .regex(/^[1-9]\d?$/, workersProblem)
    .transform(Number)
    .refine((count) => count <= 64, workersProblem)
    .optional(),
  DEMO: flag.default(true),
})

export type ServiceEnv = {
  readonly role: (typeof roles)[number]
  readonly engineWorkers: number
  /** whether an empty embedded database is filled with people to try things with */
  readonly wantsDemo: boolean
}

export function readServiceEnv(environment: Environment): ServiceEnv {
  const { ROLE, ENGINE_WORKERS, DEMO } = readEnvironment(schema, environment)
  return { role: ROLE, engineWorkers: ENGINE_WORKERS ?? availableParallelism(), wantsDemo: DEMO }
}
