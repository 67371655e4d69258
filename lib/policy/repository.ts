/** Policies at rest: immutable versions. A save leaves an audit record and tells the engine with the same commit. */

import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma, prismaQueryable } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { defaultPolicy } from './defaults.ts'
import { type Extent, type PolicyInForce, readPolicyInForce } from './in-force.ts'
import { type PolicyDocument, type PolicySnapshot, policyDocumentSchema } from './schema.ts'
import { tellOperators } from './tell-operators.ts'

export type PolicyVersionView = {
  readonly version: number
  readonly document: PolicyDocument
  readonly note: string
  readonly authorName: string | null
  readonly createdAt: Date
  /** it ruled for everybody, rules for a part, or was taken back before it ever did */
  readonly state: 'ruled' | 'rolling' | 'returned'
}

const HISTORY_LENGTH = 50

/** The policy that rules now, except for those whom a roll-out reaches; the built-in default is version 0. */
export async function currentPolicy(): Promise<PolicySnapshot> {
  return (await policyInForce()).ruling
}

export function policyInForce(): Promise<PolicyInForce> {
  return readPolicyInForce(prismaQueryable())
}

/** @throws AppError forbidden */
export async function policyInForceFor(actor: Actor): Promise<PolicyInForce> {
  requirePermission(actor, 'policy.read')
  return policyInForce()
}

/** @throws AppError forbidden, not_found */
export async function readPolicyVersion(actor: Actor, version: number): Promise<PolicySnapshot> {
  requirePermission(actor, 'policy.read')
  if (version === 0) return { version, document: defaultPolicy }
  const found = await prisma().policyVersion.findUnique({ where: { id: version } })
  if (found === null) throw notFound(`policy version ${version}`)
  return { version, document: policyDocumentSchema.parse(found.document) }
}

/**
 * Makes `document` the ruling policy: for everybody, or to begin with for an extent.
 * @param basedOn the version that the author had before their eyes; a newer one in the meantime is a conflict
 * @returns the new version
 * @throws AppError forbidden (not an operator), invalid_input, conflict
 */
export async function savePolicy(
  actor: Actor,
  input: { document: unknown; note: string; basedOn: number; extent?: Extent | null },
): Promise<number> {
  requirePermission(actor, 'policy.save')
  const { extent = null } = input
  const parsed = policyDocumentSchema.safeParse(input.document)
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')
    throw new AppError('invalid_input', `policy refused at ${where}`, {
      ja: `入力に誤りがあります（${where}）。値を直して、もう一度保存してください。何も変更されていません。`,
      en: `Some values are not valid (${where}). Correct them and save again. Nothing was changed.`,
    })
  }
  return prisma().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('policy_versions'))`
    const { ruling, rollout } = await policyInForce()
    if (rollout !== null) throw rollingOut()
    if (ruling.version !== input.basedOn) throw changedMeanwhile()
    const saved = await transaction.policyVersion.create({
      data: { document: parsed.data, note: input.note, authorId: actor.accountId },
    })
    const baseVersion = ruling.version
    if (extent) await transaction.policyRollout.create({ data: { version: saved.id, baseVersion, extent } })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'policy.save',
      subject: `policy:${saved.id}`,
      mailboxId: null,
      reason: input.note,
      details: { previousVersion: baseVersion, extent: extent && JSON.stringify(extent) },
    })
    const change = extent === null ? 'saved' : 'rolledOut'
    await tellOperators(transaction, actor, { version: saved.id, baseVersion, change, extent, reason: input.note })
    await transaction.$executeRaw`SELECT pg_notify('policy_changed', ${String(saved.id)})`
    return saved.id
  })
}

/** Newest first. */
export async function listPolicyVersions(actor: Actor, length = HISTORY_LENGTH): Promise<PolicyVersionView[]> {
  requirePermission(actor, 'policy.read')
  const [versions, rollouts] = await Promise.all([
    prisma().policyVersion.findMany({ orderBy: { id: 'desc' }, take: length }),
    prisma().policyRollout.findMany({ where: { state: { not: 'finished' } } }),
  ])
  const stateOf = new Map(
    rollouts.map(({ version, state }) => [version, state === 'running' ? ('rolling' as const) : ('returned' as const)]),
  )
  const authorIds = versions.flatMap(({ authorId }) => authorId ?? [])
  const authors = await prisma().portalAccount.findMany({ where: { id: { in: authorIds } } })
  const nameOf = new Map(authors.map(({ id, displayName }) => [id, displayName]))
  return versions.map(({ id, document, note, authorId, createdAt }) => ({
    version: id,
    document: policyDocumentSchema.parse(document),
    note,
    authorName: authorId === null ? null : (nameOf.get(authorId) ?? null),
    createdAt,
    state: stateOf.get(id) ?? 'ruled',
  }))
}

function changedMeanwhile(): AppError {
  return new AppError('conflict', 'policy changed meanwhile', {
    ja: 'ほかの運用担当者が先に方針を保存しました。画面を読み込み直して、変更をやり直してください。まだ何も保存されていません。',
    en: 'Another operator saved the policy first. Reload the page and make your change again. Nothing was saved yet.',
  })
}

function rollingOut(): AppError {
  return new AppError('conflict', 'a policy is being rolled out', {
    ja: '段階的な適用の途中です。すべてに適用するか、取りやめてから、保存してください。まだ何も保存されていません。',
    en: 'A policy is being rolled out. Let it rule for everybody or take it back, then save. Nothing was saved yet.',
  })
}
