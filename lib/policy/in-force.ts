/**
 * Which version rules for whom. Usually one for everybody; while a newer one is rolled out it rules for a part of the
 * mailboxes and the one before for the others, and for all that is decided before a mailbox is known.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Queryable } from '#lib/db/database.ts'
import { parseMailAddress } from '#lib/mail/mail-address.ts'
import { defaultPolicy } from './defaults.ts'
import { type PolicySnapshot, policyDocumentSchema } from './schema.ts'

/** Whom a roll-out reaches: the mailboxes of some domains, or so many of a hundred, always the same ones. */
export const extentSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('domains'),
    domains: z
      .array(z.string().regex(/^[a-z0-9.-]{1,253}$/))
      .min(1)
      .max(100),
  }),
  z.strictObject({ kind: z.literal('percent'), percent: z.int().min(1).max(99) }),
])
export type Extent = z.infer<typeof extentSchema>

/** A mailbox that something is decided for; the first address is its own. */
export type RuledMailbox = { readonly mailboxId: number; readonly addresses: readonly string[] }

export type Rollout = PolicySnapshot & { readonly extent: Extent }
export type PolicyInForce = { readonly ruling: PolicySnapshot; readonly rollout: Rollout | null }

const NEWEST = {
  name: 'policy-in-force',
  text: `
SELECT v.id, v.document, r.extent
FROM policy_versions v LEFT JOIN policy_rollouts r ON r.version = v.id AND r.state <> 'finished'
WHERE r.version IS NULL OR r.state = 'running'
ORDER BY v.id DESC LIMIT 2`,
}

type Row = { readonly id: number; readonly document: unknown; readonly extent: unknown }

/** @throws ZodError when a document cannot be read */
export async function readPolicyInForce(database: Queryable): Promise<PolicyInForce> {
  const [newest, before] = await database.query<Row>(NEWEST, [])
  if (newest === undefined || newest.extent === null) return { ruling: snapshotOf(newest), rollout: null }
  return { ruling: snapshotOf(before), rollout: { ...snapshotOf(newest), extent: extentSchema.parse(newest.extent) } }
}

function snapshotOf(row: Row | undefined): PolicySnapshot {
  if (row === undefined) return { version: 0, document: defaultPolicy }
  return { version: row.id, document: policyDocumentSchema.parse(row.document) }
}

export function policyFor({ ruling, rollout }: PolicyInForce, mailbox: RuledMailbox | null): PolicySnapshot {
  return mailbox !== null && rollout !== null && isReached(mailbox, rollout) ? rollout : ruling
}

export function isReached(
  { mailboxId, addresses }: RuledMailbox,
  { extent, version }: Omit<Rollout, 'document'>,
): boolean {
  if (extent.kind === 'percent') return placeOf(mailboxId, version) < extent.percent
  const [own] = addresses
  const domain = own === undefined ? undefined : parseMailAddress(own)?.domain
  return domain !== undefined && extent.domains.includes(domain)
}

const HUNDREDTH = 2 ** 32 / 100

/** From 0 to 99, and another one in the next roll-out: it is not always the same people who are first. */
function placeOf(mailboxId: number, version: number): number {
  return Math.floor(createHash('sha256').update(`${version}:${mailboxId}`).digest().readUInt32BE() / HUNDREDTH)
}
