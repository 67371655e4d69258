/** What went wrong with a mailbox's recipes: which kind, how often, when. Never a recipe, a folder, an address or a subject. */
import { prisma } from '#lib/db/prisma.ts'
import { isReasonId, type ReasonId } from '#lib/policy/reasons.ts'

export type RecipeFault = { readonly reason: ReasonId; readonly times: number; readonly lastAt: Date }

export const recipeFaultDays = 30
const DAY_MS = 86_400_000

export async function recipeFaults(mailboxId: number): Promise<RecipeFault[]> {
  const groups = await prisma().protocolEvent.groupBy({
    by: ['reason'],
    where: { mailboxId, kind: 'recipe', at: { gt: new Date(Date.now() - recipeFaultDays * DAY_MS) } },
    _count: true,
    _max: { at: true },
    orderBy: { _max: { at: 'desc' } },
  })
  return groups.flatMap(({ reason, _count: times, _max: { at: lastAt } }) =>
    reason === null || !isReasonId(reason) || lastAt === null ? [] : [{ reason, times, lastAt }],
  )
}
