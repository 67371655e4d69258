/**
 * What a login can be bound to, so that it is worth nothing on another connection (RFC 5056).
 *
 * tls-exporter (RFC 9266) with TLS 1.3 only: before, it is safe with the extended master secret, which cannot be seen
 * from here. tls-server-end-point (RFC 5929 §4) with the hash of the certificate's own signature. Refuses tls-unique,
 * which TLS 1.3 does not have.
 */
import { createHash, type X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'

const EXPORTER_BYTES = 32

/** @returns null when this connection has no such binding */
export function channelBindingOf(socket: TLSSocket, type: string): Buffer | null {
  if (socket.destroyed) return null
  if (type === 'tls-exporter' && socket.getProtocol() === 'TLSv1.3') {
    return socket.exportKeyingMaterial(EXPORTER_BYTES, 'EXPORTER-Channel-Binding', Buffer.alloc(0))
  }
  const certificate = type === 'tls-server-end-point' ? socket.getX509Certificate() : undefined
  return certificate ? serverEndPoint(certificate) : null
}

/** MD5 and SHA-1 give way to SHA-256; a signature without one single hash has no binding. */
function serverEndPoint({ raw, signatureAlgorithm }: X509Certificate): Buffer | null {
  const bits = /(?<=sha-?)(?:1|256|384|512)(?!\d)/i.exec(signatureAlgorithm ?? '')?.[0]
  if (bits === undefined) return null
  return createHash(bits === '1' ? 'sha256' : `sha${bits}`)
    .update(raw)
    .digest()
}
