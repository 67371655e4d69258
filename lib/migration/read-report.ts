/** What came of a batch, for a spreadsheet: a line for each mailbox, and one for each thing that did not come along. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { csv } from '#lib/csv/write-csv.ts'
import { prisma } from '#lib/db/prisma.ts'
import { jobParts, jobView } from './job-view.ts'

export const reportQuery = z.object({ batch: z.uuid() })

const head = ['address', 'state', 'found', 'here', 'bytes', 'uidls', 'not_migrated', 'folder', 'message', 'problem']

/** @throws AppError forbidden */
export async function readReport(
  actor: Actor,
  { batch }: z.output<typeof reportQuery>,
): Promise<AsyncIterable<string>> {
  requirePermission(actor, 'migration.read')
  const rows = await prisma().migrationJob.findMany({
    where: { batchId: batch },
    include: { ...jobParts, faults: true },
    orderBy: { mailbox: { address: 'asc' } },
  })
  const lines = rows.flatMap((row) => {
    const { address, state, found, copied, bytesCopied, uidls, faults, problem } = jobView(row)
    const counts = [found, copied, bytesCopied, uidls, faults].map(String)
    const mailbox = [address, state, ...counts, '', '', problem ?? '']
    const missing = row.faults.map((fault) => [
      ...[address, state, '', '', '', '', ''],
      ...[fault.folderName, fault.sourceKey, fault.problem],
    ])
    return [mailbox, ...missing]
  })
  return inOnePart(csv(head, lines))
}

async function* inOnePart(text: string): AsyncGenerator<string> {
  yield text
}
