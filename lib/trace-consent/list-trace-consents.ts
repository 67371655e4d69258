/** What agents have asked the owner to see, and what the owner has allowed: as long as it counts. */
import type { Actor } from '#lib/accounts/actor.ts'
import { listMailboxes } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'

export type TraceConsentView = {
  readonly id: string
  readonly address: string
  readonly agent: string
  readonly reason: string
  readonly isGranted: boolean
  readonly expiresAt: Date
}

export async function listTraceConsents(actor: Actor): Promise<TraceConsentView[]> {
  const addresses = new Map((await listMailboxes(actor)).map(({ id, address }) => [id, address]))
  const rows = await prisma().traceConsent.findMany({
    where: { mailboxId: { in: [...addresses.keys()] }, expiresAt: { gt: new Date() } },
    orderBy: { askedAt: 'asc' },
  })
  const agents = await prisma().portalAccount.findMany({
    where: { id: { in: rows.map(({ agentId }) => agentId) } },
    select: { id: true, displayName: true },
  })
  const names = new Map(agents.map(({ id, displayName }) => [id, displayName]))
  return rows.map(({ id, mailboxId, agentId, reason, grantedAt, expiresAt }) => ({
    ...{ id, reason, expiresAt, isGranted: grantedAt !== null },
    address: addresses.get(mailboxId) ?? '',
    agent: names.get(agentId) ?? '',
  }))
}
