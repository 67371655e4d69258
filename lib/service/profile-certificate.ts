/**
 * The key that signs configuration profiles, and its certificate: of the private authority where there is one, otherwise
 * its own, which devices show as "not verified". An operator who wants better brings PROFILE_CERT_FILE.
 *
 * It can sign mail and profiles (extendedKeyUsage emailProtection) and be no server.
 */
import 'reflect-metadata'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as x509 from '@peculiar/x509'
import { type ProfileSigningEnv, readProfileSigningEnv } from '#lib/env/profile-signing.ts'
import type { Environment } from '#lib/env/read-environment.ts'
import { readSiteEnv } from '#lib/env/site.ts'
import { readTlsEnv } from '#lib/env/tls.ts'
import { type Issuer, loadAuthority } from './certificate-authority.ts'
import { DAY_MS, distinguishedName, privateKeyPem, RENEW_DAYS, serialNumber, validity } from './certificate-parts.ts'
import { StartupError } from './startup-error.ts'
import { writeAtomically } from './write-atomically.ts'

const DAYS = 1_825

/** RSA, because devices of every age verify it. */
const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2_048,
  publicExponent: new Uint8Array([1, 0, 1]),
}

/**
 * After this the files of `profileSigningEnv` are there and fit together. The authority, if any, must be there already.
 * @throws StartupError when the operator's own files do not
 */
export async function ensureProfileCertificate(environment: Environment, now = new Date()): Promise<void> {
  const files = readProfileSigningEnv(environment)
  if (files.isGiven) return checkGivenFiles(files)
  const { authorityFile } = readTlsEnv(environment)
  if (isStillGood(files, authorityFile, now)) return
  mkdirSync(dirname(files.certificateFile), { recursive: true, mode: 0o755 })
  await makeCertificate(files, authorityFile === null ? null : await loadAuthority(authorityFile), environment, now)
}

function checkGivenFiles({ certificateFile, keyFile }: ProfileSigningEnv): void {
  let fits: boolean
  try {
    const certificate = new X509Certificate(readFileSync(certificateFile))
    fits = certificate.checkPrivateKey(createPrivateKey(readFileSync(keyFile)))
  } catch (error) {
    throw new StartupError(`PROFILE_CERT_FILE and PROFILE_KEY_FILE cannot be used: ${(error as Error).message}`)
  }
  if (!fits)
    throw new StartupError(`PROFILE_KEY_FILE ${keyFile} is not the key of PROFILE_CERT_FILE ${certificateFile}`)
}

function isStillGood(files: ProfileSigningEnv, authorityFile: string | null, now: Date): boolean {
  if (!existsSync(files.certificateFile) || !existsSync(files.keyFile)) return false
  const certificate = new X509Certificate(readFileSync(files.certificateFile))
  const issuer = authorityFile === null ? certificate : new X509Certificate(readFileSync(authorityFile))
  const isOfIssuer = certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  return isOfIssuer && certificate.validToDate.getTime() - now.getTime() > RENEW_DAYS * DAY_MS
}

async function makeCertificate(
  files: ProfileSigningEnv,
  issuer: Issuer | null,
  environment: Environment,
  now: Date,
): Promise<void> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const subject = distinguishedName(`${readSiteEnv(environment).name.en} mail settings`)
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject,
    issuer: issuer?.certificate.subject ?? subject,
    ...validity(now, DAYS),
    publicKey: keys.publicKey,
    signingKey: issuer?.key ?? keys.privateKey,
    signingAlgorithm: issuer ? { name: 'ECDSA', hash: 'SHA-256' } : algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.emailProtection]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(issuer ? [await x509.AuthorityKeyIdentifierExtension.create(issuer.certificate)] : []),
    ],
  })
  writeAtomically(files.keyFile, await privateKeyPem(keys.privateKey), 0o600)
  writeAtomically(files.certificateFile, `${certificate.toString('pem')}\n`, 0o644)
}
