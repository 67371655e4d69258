/** The certificate of the mail hosts: the operator's files, or those of the private authority made at first run. */
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { readDataDirectoryEnv } from './data-directory.ts'
import { type Environment, EnvironmentError, oncePerProcess, readEnvironment } from './read-environment.ts'

const file = z.string().optional()
const schema = z.object({
  TLS_CERT_FILE: file,
  TLS_KEY_FILE: file,
  OLD_HOST_TLS_CERT_FILE: file,
  OLD_HOST_TLS_KEY_FILE: file,
})

export type TlsEnv = {
  /** PEM files; whoever serves with them reads them again when they change */
  readonly certificateFile: string
  readonly keyFile: string
  /** the private authority's own certificate, for clients to trust; null with the operator's certificate */
  readonly authorityFile: string | null
  /** shown to clients that ask for the old host; null where the one certificate has its name too */
  readonly oldHost: { readonly certificateFile: string; readonly keyFile: string } | null
}

export function readTlsEnv(environment: Environment): TlsEnv {
  const given = readEnvironment(schema, environment)
  const oldHost = pairOf(given, 'OLD_HOST_TLS_CERT_FILE', 'OLD_HOST_TLS_KEY_FILE')
  const pair = pairOf(given, 'TLS_CERT_FILE', 'TLS_KEY_FILE')
  if (pair !== null) return { ...pair, oldHost, authorityFile: null }
  const directory = join(readDataDirectoryEnv(environment).path, 'tls')
  return {
    certificateFile: join(directory, 'server.crt'),
    keyFile: join(directory, 'server.key'),
    authorityFile: join(directory, 'ca.crt'),
    oldHost,
  }
}

type Given = z.infer<typeof schema>

/** Both or none. */
function pairOf(given: Given, certificate: keyof Given, key: keyof Given) {
  const [certificateFile, keyFile] = [given[certificate], given[key]]
  if (certificateFile !== undefined && keyFile !== undefined) {
    return { certificateFile: resolve(certificateFile), keyFile: resolve(keyFile) }
  }
  if (certificateFile !== undefined) throw new EnvironmentError(key, `must be set when ${certificate} is`)
  if (keyFile !== undefined) throw new EnvironmentError(certificate, `must be set when ${key} is`)
  return null
}

export const tlsEnv = oncePerProcess(readTlsEnv)
