import { readFile } from 'node:fs/promises'
import { tlsEnv } from '#lib/env/tls.ts'

export const dynamic = 'force-dynamic'

/** The private authority's certificate, for mail programs to trust; public by nature. */
export async function GET(): Promise<Response> {
  const { authorityFile } = tlsEnv()
  const certificate = authorityFile === null ? null : await readFile(authorityFile).catch(() => null)
  if (certificate === null) return new Response('Not found\n', { status: 404 })
  return new Response(new Uint8Array(certificate), {
    headers: { 'Content-Type': 'application/x-x509-ca-cert', 'Content-Disposition': 'attachment; filename="ca.crt"' },
  })
}
