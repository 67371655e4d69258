import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'

/** The result types that the relay counts, see lib/engine/delivery/tls-policy. */
export const tlsFailures = [
  'starttls-not-supported',
  'certificate-host-mismatch',
  'certificate-expired',
  'certificate-not-trusted',
  'validation-failure',
  'sts-policy-fetch-error',
  'sts-policy-invalid',
  'sts-webpki-invalid',
] as const
export type TlsFailureName = (typeof tlsFailures)[number]

export type EncryptionView = {
  readonly domain: string
  readonly policy: 'none' | 'testing' | 'enforce'
  readonly succeeded: number
  readonly failures: readonly { readonly result: TlsFailureName; readonly sessions: number }[]
}

export const ENCRYPTION_DAYS = 7
const MAX_DOMAINS = 50

type Row = { domain: string; policy: EncryptionView['policy']; results: Record<string, number> }

/**
 * Sessions with other mail hosts in the last days, by destination: those with most failures first.
 * @throws AppError forbidden
 */
export async function summariseEncryption(actor: Actor): Promise<EncryptionView[]> {
  requirePermission(actor, 'queue.read')
  const rows = await prisma().$queryRaw<Row[]>`
    WITH counted AS (
      SELECT domain, policy, result, sum(sessions)::int4 AS sessions FROM tls_results
      WHERE day > (now() AT TIME ZONE 'UTC')::date - ${ENCRYPTION_DAYS}::int4 GROUP BY domain, policy, result
    )
    SELECT domain, policy, jsonb_object_agg(result, sessions) AS results
    FROM counted GROUP BY domain, policy
    ORDER BY coalesce(sum(sessions) FILTER (WHERE result <> 'success'), 0) DESC, sum(sessions) DESC, domain
    LIMIT ${MAX_DOMAINS}`
  return rows.map(({ domain, policy, results }) => ({
    domain,
    policy,
    succeeded: results.success ?? 0,
    failures: tlsFailures.flatMap((result) => {
      const sessions = results[result] ?? 0
      return sessions > 0 ? [{ result, sessions }] : []
    }),
  }))
}
