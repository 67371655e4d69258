/** Where this installation keeps what must survive: database, keys, certificates. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'

const schema = z.object({ DATA_DIR: z.string().default('./data') })

export type DataDirectoryEnv = { readonly path: string }

export function readDataDirectoryEnv(environment: Environment): DataDirectoryEnv {
  return { path: resolve(readEnvironment(schema, environment).DATA_DIR) }
}

export const dataDirectoryEnv = oncePerProcess(readDataDirectoryEnv)
