/** What was done to the subscriber's mailboxes, by whom: their own changes, and those of our staff with the reason. */
import type { Actor } from '#lib/accounts/actor.ts'
import { listMailboxes } from '#lib/accounts/index.ts'
import { ownerNoticeKinds } from '#lib/accounts/owner-notice-kinds.ts'
import { prisma } from '#lib/db/prisma.ts'

export const changeActions = [
  'credential.issue',
  'credential.rename',
  'credential.revoke',
  'mailbox.chooseSendingMethod',
  'mailbox.rename',
  'mailbox.allowExport',
  'trace.ask',
  'trace.showCode',
  'trace.wrongCode',
  'trace.refuse',
  'trace.look',
  'alias.add',
  'alias.remove',
  'liveSession.end',
  'recipes.save',
  'recipes.activate',
  'script.put',
  'script.remove',
  'script.rename',
  'forward.withdraw',
  'forward.confirm',
  'mailbox.holdSending',
  'mailbox.releaseSending',
  'customer.open',
  'move.callNote',
  'helper.invite',
  'helper.withdraw',
  ...ownerNoticeKinds,
] as const
export type ChangeAction = (typeof changeActions)[number]

export type ChangeView = {
  readonly id: string
  readonly at: string
  readonly action: ChangeAction
  readonly by: 'self' | 'program' | 'staff' | 'system'
  readonly reason: string
  /** the credential's label, where there is one */
  readonly label: string | null
}

const HISTORY_LENGTH = 50

export async function listChanges(actor: Actor): Promise<ChangeView[]> {
  const mailboxIds = (await listMailboxes(actor)).map(({ id }) => id)
  const rows = await prisma().auditRecord.findMany({
    where: { mailboxId: { in: mailboxIds }, action: { in: [...changeActions] } },
    orderBy: { id: 'desc' },
    take: HISTORY_LENGTH,
  })
  const actorIds = rows.flatMap(({ actorId }) => actorId ?? [])
  const own = await prisma().portalAccount.findMany({
    where: { id: { in: actorIds }, customerId: actor.customerId },
    select: { id: true },
  })
  const ownIds = new Set(own.map(({ id }) => id))
  return rows.flatMap((row) => {
    const action = changeActions.find((known) => known === row.action)
    if (action === undefined) return []
    return [
      {
        id: String(row.id),
        at: row.at.toISOString(),
        action,
        by: whoDid(row, ownIds),
        reason: row.reason,
        label: labelIn(row.details),
      },
    ]
  })
}

function whoDid(
  { actorId, details }: { actorId: string | null; details: unknown },
  ownIds: ReadonlySet<string>,
): ChangeView['by'] {
  if (actorId !== null) return ownIds.has(actorId) ? 'self' : 'staff'
  const isByProgram = typeof details === 'object' && details !== null && 'credentialId' in details
  return isByProgram ? 'program' : 'system'
}

function labelIn(details: unknown): string | null {
  if (typeof details !== 'object' || details === null) return null
  const { label, to } = details as { label?: unknown; to?: unknown }
  const text = label ?? to
  return typeof text === 'string' ? text : null
}
