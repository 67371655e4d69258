/** Where the old host lives on beside the new ones. */
import { isIP } from 'node:net'
import { z } from 'zod'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'

const schema = z.object({
  OLD_HOST_BIND_ADDRESS: z
    .string()
    .refine((text) => isIP(text) !== 0, 'must be an IP address such as 192.0.2.1')
    .optional(),
})

/** `bindAddress`: an address that only the old host has; null where a name in TLS must tell it apart */
export type OldHostEnv = { readonly bindAddress: string | null }

export function readOldHostEnv(environment: Environment): OldHostEnv {
  return { bindAddress: readEnvironment(schema, environment).OLD_HOST_BIND_ADDRESS ?? null }
}

export const oldHostEnv = oncePerProcess(readOldHostEnv)
