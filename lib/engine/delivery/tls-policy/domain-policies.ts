/**
 * What a domain asks of those who send mail to it (MTA-STS, RFC 8461): kept in the database for as long as it says.
 *
 * Guarantees: a policy that is still valid goes on ruling when DNS or the policy host are away or say something that
 * cannot be read (§5.1); whoever can cut us off from them gains nothing. A new id in DNS fetches the policy anew.
 */
import { parsePolicy, resolvePolicy, validateMx } from 'mailauth/lib/mta-sts.js'
import { textArray } from '#lib/db/binary-array.ts'
import type { Queryable } from '#lib/db/database.ts'
import { type FetchFailure, fetchPolicyText, type PolicyFetchParts, PolicyNotFetched } from './fetch-policy.ts'

export type PolicyFailure = FetchFailure | 'sts-policy-invalid'

export type DomainPolicy = { readonly mode: 'none' | 'testing' | 'enforce'; readonly mx: readonly string[] }
export type DomainPolicies = (domain: string) => Promise<DomainPolicy>

export type DomainPolicyParts = PolicyFetchParts & {
  readonly database: Queryable
  readonly onFailure: (domain: string, failure: PolicyFailure) => void
}

export const noPolicy: DomainPolicy = { mode: 'none', mx: [] }

/** Between two looks at DNS; a destination with much mail is asked about once. */
const KEEP_MS = 300_000
const MAX_KEPT = 5_000

const FIND = {
  name: 'mta-sts-find',
  text: 'SELECT policy_id, mode, mx FROM mta_sts_policies WHERE domain = $1 AND expires_at > now()',
}

const SAVE = {
  name: 'mta-sts-save',
  text: `INSERT INTO mta_sts_policies (domain, policy_id, mode, mx, expires_at)
VALUES ($1, $2, $3, $4, now() + $5::float8 * interval '1 second')
ON CONFLICT (domain) DO UPDATE SET policy_id = excluded.policy_id, mode = excluded.mode, mx = excluded.mx,
  expires_at = excluded.expires_at`,
}

type Row = { policy_id: string; mode: DomainPolicy['mode']; mx: string[] }

export function openDomainPolicies(parts: DomainPolicyParts): DomainPolicies {
  const kept = new Map<string, { readonly until: number; readonly policy: Promise<DomainPolicy> }>()

  async function find(domain: string): Promise<DomainPolicy> {
    const [known] = await parts.database.query<Row>(FIND, [domain])
    const id = await publishedId(domain, parts)
    if (id === null || id === known?.policy_id) return known ?? noPolicy
    try {
      return await fetchAndSave(domain, id, parts)
    } catch (error) {
      if (!(error instanceof PolicyNotFetched || error instanceof PolicyInvalid)) throw error
      parts.onFailure(domain, error.failure)
      return known ?? noPolicy
    }
  }

  return (domain) => {
    if (domain.startsWith('[')) return Promise.resolve(noPolicy)
    const found = kept.get(domain)
    if (found && found.until > Date.now()) return found.policy
    const policy = find(domain)
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(domain, { until: Date.now() + KEEP_MS, policy })
    policy.catch(() => kept.delete(domain))
    return policy
  }
}

/** @returns null when there is none to be seen, for whatever reason: a policy that is known rules on */
async function publishedId(domain: string, { resolver }: DomainPolicyParts): Promise<string | null> {
  const ask = async (name: string) => (await resolver.texts(name)).map((text) => [text])
  return (await resolvePolicy(domain, { resolver: ask, strict: true }).catch(() => null)) || null
}

class PolicyInvalid extends Error {
  readonly failure = 'sts-policy-invalid'
}

async function fetchAndSave(domain: string, id: string, parts: DomainPolicyParts): Promise<DomainPolicy> {
  const { mode, mx = [], maxAge = 0 } = readPolicy(await fetchPolicyText(domain, parts))
  await parts.database.query(SAVE, [domain, id, mode, textArray(mx), maxAge])
  return { mode, mx }
}

function readPolicy(text: string) {
  try {
    return parsePolicy(text, { strict: true })
  } catch (cause) {
    throw new PolicyInvalid(String(cause), { cause })
  }
}

/** §4.1: is this mail host one that the domain names? */
export function namesHost({ mode, mx }: DomainPolicy, hostName: string): boolean {
  return validateMx(hostName, { mode, mx: [...mx] }).valid
}
