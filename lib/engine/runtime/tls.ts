/**
 * The certificate that the mail hosts show.
 *
 * Guarantees: only what tls-suites.ts lists; the files are read again when they change, so a renewed certificate is
 * shown to the next connection; while the new files are unreadable or do not fit together, the last good pair stays.
 */
import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { createSecureContext, type SecureContext } from 'node:tls'
import { minTlsVersion, tlsSuites } from './tls-suites.ts'

export interface TlsSource {
  /** @param serverName that the client asks for */
  context(serverName?: string): SecureContext
  close(): void
}

export type TlsFiles = { readonly certificateFile: string; readonly keyFile: string }

const LOOK_EVERY_MS = 1_000

/** @throws when the first reading fails: a mail host without a certificate must not start */
export function watchTlsFiles({ certificateFile, keyFile }: TlsFiles, onFault: (error: unknown) => void): TlsSource {
  const read = () =>
    createSecureContext({
      cert: readFileSync(certificateFile),
      key: readFileSync(keyFile),
      minVersion: minTlsVersion,
      ciphers: tlsSuites.join(':'),
      honorCipherOrder: true,
    })
  let context = read()

  function reread(): void {
    try {
      context = read()
    } catch (error) {
      onFault(error)
    }
  }

  for (const file of [certificateFile, keyFile]) watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, reread)
  return {
    context: () => context,
    close() {
      for (const file of [certificateFile, keyFile]) unwatchFile(file, reread)
    },
  }
}

/** The old host may have a certificate of its own, from the days when it had a machine of its own. */
export function withOldHost(tls: TlsSource, oldHost: TlsSource | null, formerHosts: readonly string[]): TlsSource {
  if (oldHost === null) return tls
  const isFormer = (name: string | undefined) => name !== undefined && formerHosts.includes(name.toLowerCase())
  return {
    context: (serverName) => (isFormer(serverName) ? oldHost : tls).context(),
    close() {
      tls.close()
      oldHost.close()
    },
  }
}
