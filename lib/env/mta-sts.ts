/** What other servers are asked to do when they cannot reach our MX host over verified TLS (RFC 8461). */
import { z } from 'zod'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'

const modes = ['none', 'testing', 'enforce'] as const

const schema = z.object({ MTA_STS_MODE: z.enum(modes, `must be one of ${modes.join(', ')}`).default('testing') })

export type MtaStsEnv = { readonly mode: (typeof modes)[number] }

export function readMtaStsEnv(environment: Environment): MtaStsEnv {
  return { mode: readEnvironment(schema, environment).MTA_STS_MODE }
}

export const mtaStsEnv = oncePerProcess(readMtaStsEnv)
