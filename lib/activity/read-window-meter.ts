/** The RelayWindow meter: until when which address may send, and why the last attempt to was refused. */
import type { Actor } from '#lib/accounts/actor.ts'
import { listMailboxes } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { isReasonId, type ReasonId } from '#lib/policy/reasons.ts'
import { listRelayWindows, type RelayWindowView } from './list-relay-windows.ts'

export type WindowRefusal = {
  readonly mailboxId: number
  readonly at: string
  readonly address: string
  readonly reason: ReasonId
}

export type WindowMeter = {
  readonly windows: readonly RelayWindowView[]
  /** the newest of each mailbox, where nothing was accepted and no window opened since */
  readonly refusals: readonly WindowRefusal[]
}

const RECENT_MS = 3_600_000

export async function readWindowMeter(actor: Actor): Promise<WindowMeter> {
  const mailboxIds = (await listMailboxes(actor)).map(({ id }) => id)
  const [windows, newest] = await Promise.all([
    listRelayWindows(actor),
    prisma().protocolEvent.findMany({
      where: {
        mailboxId: { in: mailboxIds },
        OR: [{ listener: 'smtp', kind: { in: ['refusal', 'accepted'] } }, { kind: 'relayWindowOpened' }],
        at: { gt: new Date(Date.now() - RECENT_MS) },
      },
      orderBy: { id: 'desc' },
      distinct: ['mailboxId'],
      select: { mailboxId: true, kind: true, at: true, address: true, reason: true },
    }),
  ])
  const refusals = newest.flatMap(({ mailboxId, kind, at, address, reason }) => {
    if (kind !== 'refusal' || mailboxId === null || reason === null || !isReasonId(reason)) return []
    return [{ mailboxId, at: at.toISOString(), address, reason }]
  })
  return { windows, refusals }
}
