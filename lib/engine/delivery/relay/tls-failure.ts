/** Why a connection was not secured, in the words of TLS reports (RFC 8460 §4.3). */

export type TlsFailure =
  | 'starttls-not-supported'
  | 'certificate-host-mismatch'
  | 'certificate-expired'
  | 'certificate-not-trusted'
  | 'validation-failure'

export class CertificateRefused extends Error {
  readonly failure: TlsFailure

  constructor(code: string) {
    super(`the certificate is not valid (${code})`)
    this.failure = certificateFailure(code)
  }
}

const failures: Readonly<Record<string, TlsFailure>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-host-mismatch',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
}

/** @param code as node:tls names what OpenSSL found */
export function certificateFailure(code: string): TlsFailure {
  return failures[code] ?? 'certificate-not-trusted'
}
