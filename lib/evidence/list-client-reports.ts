/** The reports that wait for an agent, each with what the engine saw: the agent need not know who reported. */
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import type { SendingMethod } from '#lib/accounts/views.ts'
import { prisma } from '#lib/db/prisma.ts'

export type ClientReportView = {
  readonly id: string
  readonly clientId: string
  readonly sendingMethod: SendingMethod
  readonly works: boolean
  readonly at: Date
  /** the last login with a password that was made for this program; null when there was none */
  readonly lastLoginAt: Date | null
}

const MAX_SHOWN = 100

export async function listClientReports(actor: Actor): Promise<ClientReportView[]> {
  requirePermission(actor, 'clientReport.decide')
  const rows = await prisma().clientReport.findMany({
    where: { verdict: null },
    include: { mailbox: { select: { credentials: { select: { clientId: true, lastUsedAt: true } } } } },
    orderBy: { at: 'asc' },
    take: MAX_SHOWN,
  })
  return rows.map(({ id, clientId, sendingMethod, works, at, mailbox }) => {
    const uses = mailbox.credentials.flatMap((one) => (one.clientId === clientId ? (one.lastUsedAt ?? []) : []))
    const lastLoginAt = uses.toSorted((one, other) => other.getTime() - one.getTime())[0] ?? null
    return { id, clientId, sendingMethod, works, at, lastLoginAt }
  })
}
