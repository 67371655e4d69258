/** The certificate that signs configuration profiles: never that of the servers, whose key the portal need not hold. */
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { readDataDirectoryEnv } from './data-directory.ts'
import { type Environment, EnvironmentError, oncePerProcess, readEnvironment } from './read-environment.ts'

const schema = z.object({ PROFILE_CERT_FILE: z.string().optional(), PROFILE_KEY_FILE: z.string().optional() })

export type ProfileSigningEnv = {
  /** PEM files */
  readonly certificateFile: string
  readonly keyFile: string
  /** whether the operator brought them; otherwise the first start makes them */
  readonly isGiven: boolean
}

export function readProfileSigningEnv(environment: Environment): ProfileSigningEnv {
  const { PROFILE_CERT_FILE, PROFILE_KEY_FILE } = readEnvironment(schema, environment)
  if (PROFILE_CERT_FILE !== undefined && PROFILE_KEY_FILE !== undefined) {
    return { certificateFile: resolve(PROFILE_CERT_FILE), keyFile: resolve(PROFILE_KEY_FILE), isGiven: true }
  }
  if (PROFILE_CERT_FILE !== undefined) {
    throw new EnvironmentError('PROFILE_KEY_FILE', 'must be set when PROFILE_CERT_FILE is')
  }
  if (PROFILE_KEY_FILE !== undefined) {
    throw new EnvironmentError('PROFILE_CERT_FILE', 'must be set when PROFILE_KEY_FILE is')
  }
  const directory = join(readDataDirectoryEnv(environment).path, 'tls')
  return { certificateFile: join(directory, 'profile.crt'), keyFile: join(directory, 'profile.key'), isGiven: false }
}

export const profileSigningEnv = oncePerProcess(readProfileSigningEnv)
