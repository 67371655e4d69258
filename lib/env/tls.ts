/** The certificate of the mail hosts: the operator's files, or those of the private authority made at first run. */
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { readDataDirectoryEnv } from './data-directory.ts'
import { type Environment, EnvironmentError, oncePerProcess, readEnvironment } from './read-environment.ts'

const schema = z.object({ TLS_CERT_FILE: z.string().optional(), TLS_KEY_FILE: z.string().optional() })

export type TlsEnv = {
  /** PEM files; whoever serves with them reads them again when they change */
  readonly certificateFile: string
  readonly keyFile: string
  /** the private authority's own certificate, for clients to trust; null with the operator's certificate */
  readonly authorityFile: string | null
}

export function readTlsEnv(environment: Environment): TlsEnv {
  const { TLS_CERT_FILE, TLS_KEY_FILE } = readEnvironment(schema, environment)
  if (TLS_CERT_FILE !== undefined && TLS_KEY_FILE !== undefined) {
    return { certificateFile: resolve(TLS_CERT_FILE), keyFile: resolve(TLS_KEY_FILE), authorityFile: null }
  }
  if (TLS_CERT_FILE !== undefined) throw new EnvironmentError('TLS_KEY_FILE', 'must be set when TLS_CERT_FILE is')
  if (TLS_KEY_FILE !== undefined) throw new EnvironmentError('TLS_CERT_FILE', 'must be set when TLS_KEY_FILE is')
  const directory = join(readDataDirectoryEnv(environment).path, 'tls')
  return {
    certificateFile: join(directory, 'server.crt'),
    keyFile: join(directory, 'server.key'),
    authorityFile: join(directory, 'ca.crt'),
  }
}

export const tlsEnv = oncePerProcess(readTlsEnv)
