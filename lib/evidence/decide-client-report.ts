/** An agent confirms a report, and others see it in the table; or sets it aside. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'

export const decideClientReportInput = z.object({ reportId: z.uuid(), verdict: z.enum(['confirmed', 'setAside']) })

/** @throws AppError forbidden, not_found (decided already) */
export async function decideClientReport(actor: Actor, input: z.infer<typeof decideClientReportInput>): Promise<void> {
  requirePermission(actor, 'clientReport.decide')
  const { reportId, verdict } = decideClientReportInput.parse(input)
  await prisma().$transaction(async (transaction) => {
    const { count } = await transaction.clientReport.updateMany({
      where: { id: reportId, verdict: null },
      data: { verdict, decidedBy: actor.accountId, decidedAt: new Date() },
    })
    if (count === 0) throw notFound(`open client report ${reportId}`)
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: `clientReport.${verdict}`,
      subject: `clientReport:${reportId}`,
      mailboxId: null,
      reason: '',
      details: {},
    })
  })
}
