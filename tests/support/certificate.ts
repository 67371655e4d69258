/** A server certificate that no client trusts of itself, for tests that speak TLS. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTlsEnv } from '#lib/env/tls.ts'
import { ensureCertificates } from '#lib/service/certificate-authority.ts'

export async function makeCertificate(): Promise<{ key: string; cert: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'mail-certificate-'))
  try {
    const environment = { DATA_DIR: directory }
    await ensureCertificates(environment)
    const { keyFile, certificateFile } = readTlsEnv(environment)
    return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certificateFile, 'utf8') }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
