/**
 * The certificates of a trial machine: a private authority made at first run, and the servers' certificate that it signs.
 *
 * RFC 5280 §4.2: the authority may sign certificates and nothing else (basicConstraints, keyUsage); the servers'
 * certificate is for servers only (extendedKeyUsage) and carries every host name of the site (RFC 6125: clients look at
 * subjectAltName, not at the common name). It is made anew before it ends or when a host name changes; whoever serves
 * with it reads the files again.
 */
import 'reflect-metadata'
import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as x509 from '@peculiar/x509'
import { readPortsEnv } from '#lib/env/ports.ts'
import type { Environment } from '#lib/env/read-environment.ts'
import { readSiteEnv } from '#lib/env/site.ts'
import { readTlsEnv, type TlsEnv } from '#lib/env/tls.ts'
import { DAY_MS, distinguishedName, privateKeyPem, RENEW_DAYS, serialNumber, validity } from './certificate-parts.ts'
import { StartupError } from './startup-error.ts'
import { writeAtomically } from './write-atomically.ts'

const AUTHORITY_DAYS = 3_650
const SERVER_DAYS = 390 // Apple refuses more than 825, browsers more than 398

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

export type Issuer = { certificate: x509.X509Certificate; key: CryptoKey }

/**
 * After this the files of `tlsEnv` are there, fit together and are not about to end.
 * @throws StartupError when the operator's own files do not
 */
export async function ensureCertificates(environment: Environment, now = new Date()): Promise<void> {
  const tls = readTlsEnv(environment)
  if (tls.authorityFile === null) return checkGivenFiles(tls)
  mkdirSync(dirname(tls.authorityFile), { recursive: true, mode: 0o755 })
  const names = serverNames(environment)
  const authorityKeyFile = keyFileOf(tls.authorityFile)
  const hasAuthority = existsSync(tls.authorityFile) && existsSync(authorityKeyFile)
  if (hasAuthority && isStillGood(tls, names, now)) return
  const issuer = hasAuthority
    ? await loadAuthority(tls.authorityFile)
    : await makeAuthority(tls.authorityFile, authorityKeyFile, readSiteEnv(environment).name.en, now)
  await makeServerCertificate(tls, issuer, names, now)
}

function checkGivenFiles(tls: TlsEnv): void {
  let fits: boolean
  try {
    const certificate = new X509Certificate(readFileSync(tls.certificateFile))
    fits = certificate.checkPrivateKey(createPrivateKey(readFileSync(tls.keyFile)))
  } catch (error) {
    throw new StartupError(`TLS_CERT_FILE and TLS_KEY_FILE cannot be used: ${(error as Error).message}`)
  }
  if (!fits)
    throw new StartupError(`TLS_KEY_FILE ${tls.keyFile} is not the key of TLS_CERT_FILE ${tls.certificateFile}`)
}

type ServerNames = { readonly dns: readonly string[]; readonly ip: readonly string[] }

function serverNames(environment: Environment): ServerNames {
  const { hosts, formerHosts } = readSiteEnv(environment)
  const { bindAddress } = readPortsEnv(environment)
  const isSpecific = bindAddress !== '0.0.0.0' && bindAddress !== '::'
  return {
    dns: [...new Set([hosts.smtpa, hosts.smtp, hosts.pop, ...formerHosts, 'localhost'])],
    ip: [...new Set(['127.0.0.1', '::1', ...(isSpecific ? [bindAddress] : [])])],
  }
}

function isStillGood(tls: TlsEnv, names: ServerNames, now: Date): boolean {
  if (!existsSync(tls.certificateFile) || !existsSync(tls.keyFile)) return false
  const certificate = new X509Certificate(readFileSync(tls.certificateFile))
  const coversAll =
    names.dns.every((name) => certificate.checkHost(name)) && names.ip.every((ip) => certificate.checkIP(ip))
  return coversAll && certificate.validToDate.getTime() - now.getTime() > RENEW_DAYS * DAY_MS
}

async function makeAuthority(file: string, keyFile: string, siteName: string, now: Date): Promise<Issuer> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: distinguishedName(`${siteName} trial certificate authority ${randomBytes(3).toString('hex')}`),
    ...validity(now, AUTHORITY_DAYS),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  writeAtomically(keyFile, await privateKeyPem(keys.privateKey), 0o600)
  writeAtomically(file, `${certificate.toString('pem')}\n`, 0o644)
  return { certificate, key: keys.privateKey }
}

function keyFileOf(authorityFile: string): string {
  return join(dirname(authorityFile), 'ca.key')
}

export async function loadAuthority(file: string): Promise<Issuer> {
  const keyFile = keyFileOf(file)
  const [pkcs8] = x509.PemConverter.decode(readFileSync(keyFile, 'utf8'))
  if (pkcs8 === undefined)
    throw new StartupError(`The key of the private certificate authority is unreadable: ${keyFile}`)
  return {
    certificate: new x509.X509Certificate(readFileSync(file, 'utf8')),
    key: await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
  }
}

async function makeServerCertificate(tls: TlsEnv, issuer: Issuer, names: ServerNames, now: Date): Promise<void> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: distinguishedName(names.dns[0] ?? 'localhost'),
    issuer: issuer.certificate.subject,
    ...validity(now, SERVER_DAYS),
    publicKey: keys.publicKey,
    signingKey: issuer.key,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.dns.map((value) => ({ type: 'dns', value }) as const),
        ...names.ip.map((value) => ({ type: 'ip', value }) as const),
      ]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.certificate),
    ],
  })
  // Key first: between the two files a reader sees a pair that does not fit, keeps what it has, and looks again.
  writeAtomically(tls.keyFile, await privateKeyPem(keys.privateKey), 0o600)
  writeAtomically(tls.certificateFile, `${certificate.toString('pem')}\n`, 0o644)
}
