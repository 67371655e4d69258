/**
 * A TLS handshake from its first byte to its end, and what went wrong when it fails: owners of mail programs from the
 * nineties, with a wrong port or with a clock of 2001 see the same "connection failed", and only this side knows why.
 */
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Mishap } from '#lib/mail/mishap.ts'

const HANDSHAKE_MS = 30_000

/** What OpenSSL calls it (SSL_R_*), and alerts of the client (RFC 8446 §6.2). */
const mishapsByCode: readonly (readonly [RegExp, Mishap])[] = [
  [/CERTIFICATE_EXPIRED/, 'certificateOutdated'],
  [/UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED/, 'certificateRefused'],
  [/UNSUPPORTED_PROTOCOL|NO_SHARED_CIPHER|VERSION_TOO_LOW|UNKNOWN_PROTOCOL|ALERT_PROTOCOL_VERSION/, 'tlsTooOld'],
  [/HTTP_REQUEST|HTTPS_PROXY_REQUEST/, 'foreignProtocol'],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|BAD_RECORD_TYPE|RECORD_TOO_SMALL/, 'plainOnTlsPort'],
]

/** @returns null when TLS is on; else the connection is destroyed */
export function handshake(secure: TLSSocket, plain: Socket): Promise<Mishap | null> {
  const bytesBefore = plain.bytesRead
  let code = ''
  // The only word about a server's failed handshake; tls.Server listens to it for its "tlsClientError".
  secure.once('_tlsError', (error: NodeJS.ErrnoException) => {
    code = error.code ?? ''
  })
  return new Promise((resolve) => {
    const fail = () => {
      clearTimeout(timer)
      const wasSilent = plain.bytesRead === bytesBefore
      secure.destroy()
      resolve(mishapOf(code, wasSilent))
    }
    const timer = setTimeout(fail, HANDSHAKE_MS)
    secure.once('end', fail)
    secure.once('close', fail)
    secure.once('secure', () => {
      clearTimeout(timer)
      secure.off('end', fail)
      secure.off('close', fail)
      resolve(null)
    })
  })
}

function mishapOf(code: string, wasSilent: boolean): Mishap {
  const known = mishapsByCode.find(([pattern]) => pattern.test(code))
  if (known) return known[1]
  // Who waits for a greeting does not know that TLS comes first here.
  return wasSilent ? 'plainOnTlsPort' : 'tlsFailed'
}
