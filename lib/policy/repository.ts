/** Policies at rest: immutable versions. A save leaves an audit record and tells the engine with the same commit. */

import type { Actor } from '#lib/accounts/actor.ts'
import { requireRole } from '#lib/accounts/actor.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { defaultPolicy } from './defaults.ts'
import { type PolicyDocument, type PolicySnapshot, policyDocumentSchema } from './schema.ts'

export type PolicyVersionView = {
  readonly version: number
  readonly document: PolicyDocument
  readonly note: string
  readonly authorName: string | null
  readonly createdAt: Date
}

const HISTORY_LENGTH = 50

/** The policy that rules now; the built-in default as version 0 when none was ever saved. */
export async function currentPolicy(): Promise<PolicySnapshot> {
  const newest = await prisma().policyVersion.findFirst({ orderBy: { id: 'desc' } })
  if (newest === null) return { version: 0, document: defaultPolicy }
  return { version: newest.id, document: policyDocumentSchema.parse(newest.document) }
}

/**
 * Makes `document` the ruling policy.
 * @param basedOn the version that the author had before their eyes; a newer one in the meantime is a conflict
 * @returns the new version
 * @throws AppError forbidden (not an operator), invalid_input, conflict
 */
export async function savePolicy(
  actor: Actor,
  input: { document: unknown; note: string; basedOn: number },
): Promise<number> {
  requireRole(actor, 'OPERATOR')
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
    const newest = await transaction.policyVersion.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
    if ((newest?.id ?? 0) !== input.basedOn) throw changedMeanwhile()
    const saved = await transaction.policyVersion.create({
      data: { document: parsed.data, note: input.note, authorId: actor.accountId },
    })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'policy.save',
      subject: `policy:${saved.id}`,
      mailboxId: null,
      reason: input.note,
      details: { previousVersion: input.basedOn },
    })
    await transaction.$executeRaw`SELECT pg_notify('policy_changed', ${String(saved.id)})`
    return saved.id
  })
}

/** Newest first, fifty at most. */
export async function listPolicyVersions(actor: Actor): Promise<PolicyVersionView[]> {
  requireRole(actor, 'OPERATOR')
  const versions = await prisma().policyVersion.findMany({ orderBy: { id: 'desc' }, take: HISTORY_LENGTH })
  const authorIds = versions.flatMap(({ authorId }) => authorId ?? [])
  const authors = await prisma().portalAccount.findMany({ where: { id: { in: authorIds } } })
  const nameOf = new Map(authors.map(({ id, displayName }) => [id, displayName]))
  return versions.map(({ id, document, note, authorId, createdAt }) => ({
    version: id,
    document: policyDocumentSchema.parse(document),
    note,
    authorName: authorId === null ? null : (nameOf.get(authorId) ?? null),
    createdAt,
  }))
}

function changedMeanwhile(): AppError {
  return new AppError('conflict', 'policy changed meanwhile', {
    ja: 'ほかの運用担当者が先にポリシーを保存しました。画面を読み込み直して、変更をやり直してください。まだ何も保存されていません。',
    en: 'Another operator saved the policy first. Reload the page and make your change again. Nothing was saved yet.',
  })
}
