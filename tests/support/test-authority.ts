/** A certificate authority that this process trusts like any other, and the certificates, good and bad, of its hosts. */
import { randomBytes } from 'node:crypto'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

export type HostCertificate = { readonly key: string; readonly cert: string }

export type TestAuthority = {
  /** PEM, for clients that are to trust it */
  readonly certificate: string
  issue(names: readonly string[], validity?: { readonly notAfter: Date }): Promise<HostCertificate>
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY_MS = 86_400_000
const YEAR_AGO = new Date(Date.now() - 365 * DAY_MS)
const tomorrow = () => new Date(Date.now() + DAY_MS)
const serialNumber = () => `40${randomBytes(8).toString('hex')}`

/** @param isTrusted false for one that nobody has heard of */
export async function makeTestAuthority({ isTrusted }: { isTrusted: boolean }): Promise<TestAuthority> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [`test authority ${randomBytes(3).toString('hex')}`] }],
    notBefore: YEAR_AGO,
    notAfter: tomorrow(),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  })
  if (isTrusted) setDefaultCACertificates([...getCACertificates('default'), authority.toString('pem')])
  return {
    certificate: authority.toString('pem'),
    async issue(names, { notAfter } = { notAfter: tomorrow() }) {
      const own = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject: [{ CN: [names[0] ?? 'nobody'] }],
        issuer: authority.subject,
        notBefore: YEAR_AGO,
        notAfter,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns', value }) as const))],
      })
      const key = await crypto.subtle.exportKey('pkcs8', own.privateKey)
      return { key: x509.PemConverter.encode(key, 'PRIVATE KEY'), cert: certificate.toString('pem') }
    },
  }
}
