/**
 * Before a cut-over: who would lose receiving or sending on that day under that policy, judged by what each device did
 * last. Nothing is changed.
 */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { isOfCustomer } from '#lib/accounts/probe-contract.ts'
import { prisma } from '#lib/db/prisma.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import { currentPolicy, listPolicyVersions } from '#lib/policy/index.ts'
import { oldHostServices } from '#lib/policy/old-host-rules.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'
import { type Direction, isReceiving, isServed } from './directions.ts'
import { type RecordedUse, refusalOfUse } from './judge-use.ts'
import { isUsable, withPassword } from './used-password.ts'

export const dryRunPolicies = ['current', ...oldHostServices] as const

export const dryRunInput = z.object({
  at: z.date(),
  /** "current": as saved, with its waves; else what the old host would do for everybody from that day on */
  oldHost: z.enum(dryRunPolicies),
  /** of the policy; 0: the newest */
  version: z.number().int().nonnegative(),
  days: z.number().int().min(1).max(90),
})
export type DryRunInput = z.infer<typeof dryRunInput>

export type Loss = {
  readonly mailboxId: number
  readonly address: string
  /** null: it logs in by the password of the old system */
  readonly label: string | null
  readonly clientId: string | null
  readonly clientName: string | null
  readonly direction: Direction
  readonly reason: ReasonId
  readonly lastAt: Date
}

export type DryRun = {
  /** devices that were seen in these days, each direction for itself */
  readonly seen: number
  readonly losses: readonly Loss[]
}

type LastUse = Omit<Loss, 'reason'> & RecordedUse

/** @throws AppError forbidden, not_found (no such version) */
export async function dryRun(actor: Actor, input: DryRunInput): Promise<DryRun> {
  requirePermission(actor, 'move.plan')
  const { at, oldHost, version, days } = dryRunInput.parse(input)
  const [policy, uses] = await Promise.all([policyFor(actor, version), lastUses(days)])
  const assumed =
    oldHost === 'current' ? policy : { ...policy, oldHost: { ...policy.oldHost, waves: [everybody(oldHost, at)] } }
  const losses = uses.flatMap(({ listener, mechanism, tls, isOldHost, isInherited, ...use }) => {
    const reason = refusalOfUse({ listener, mechanism, tls, isOldHost, isInherited, address: use.address }, assumed, at)
    return reason === null ? [] : [{ ...use, reason, clientId: findClient(use.clientId ?? '')?.id ?? null }]
  })
  return { seen: uses.length, losses }
}

function everybody(service: (typeof oldHostServices)[number], at: Date) {
  return { service, from: at.toISOString(), domains: [], percent: 100 }
}

async function policyFor(actor: Actor, version: number): Promise<PolicyDocument> {
  if (version === 0) return (await currentPolicy()).document
  const found = (await listPolicyVersions(actor)).find((known) => known.version === version)
  if (found === undefined) throw notFound(`policy version ${version}`)
  return found.document
}

/** What each device did last for receiving and for sending, where it was served. */
function lastUses(days: number): Promise<LastUse[]> {
  return prisma().$queryRaw<LastUse[]>`
    SELECT DISTINCT ON (u.mailbox_id, u.credential_id, direction)
      u.mailbox_id AS "mailboxId", m.address, c.label, c.client_id AS "clientId", u.client_name AS "clientName",
      CASE WHEN ${isReceiving} THEN 'receiving' ELSE 'sending' END AS direction,
      u.listener, u.mechanism, u.tls, u.is_old_host AS "isOldHost",
      i.id IS NOT NULL AS "isInherited", u.last_at AS "lastAt"
    FROM host_uses u JOIN mailboxes m ON m.id = u.mailbox_id ${withPassword}
    WHERE u.day > (now() AT TIME ZONE 'Asia/Tokyo')::date - ${days}::int AND ${isServed}
      AND ${isUsable} AND m.suspended_at IS NULL AND u.listener <> 'managesieve'
      AND ${isOfCustomer}
    ORDER BY u.mailbox_id, u.credential_id, direction, u.last_at DESC`
}
