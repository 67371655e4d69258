import { z } from 'zod'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { type Actor, notFound } from './actor.ts'
import { accessibleMailbox } from './mailbox-access.ts'

export const endLiveSessionInput = z.strictObject({ sessionId: z.uuid() })

/**
 * The mail program is told goodbye within a second; with its password it may come back.
 * @throws AppError not_found when the session is over, or somebody else's
 */
export async function endLiveSession(actor: Actor, input: z.input<typeof endLiveSessionInput>): Promise<void> {
  const { sessionId } = endLiveSessionInput.parse(input)
  const session = await prisma().liveSession.findUnique({ where: { id: sessionId } })
  if (session === null) throw notFound(`live session ${sessionId}`)
  const { mailboxId, listener, address } = session
  await accessibleMailbox(actor, mailboxId, 'assist')
  await prisma().$transaction(async (transaction) => {
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'liveSession.end',
      subject: `liveSession:${sessionId}`,
      mailboxId,
      reason: '',
      details: { listener, address },
    })
    await transaction.$executeRaw`SELECT pg_notify('session_end_requested', ${`${mailboxId} ${sessionId}`})`
  })
}
