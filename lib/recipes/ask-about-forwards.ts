import type { Prisma } from '#lib/db/prisma.ts'
import { siteEnv } from '#lib/env/site.ts'
import { MAX_OPEN_FORWARD_REQUESTS } from '#lib/mail/forward-requests.ts'
import { checkScript } from '#lib/sieve/checker.ts'
import { forwardTargets } from '#lib/sieve/forward-targets.ts'

/** Readers of new addresses in a script that is now in force get a letter from the engine, before the first message. */
export async function askAboutForwards(
  transaction: Prisma.TransactionClient,
  mailboxId: number,
  script: string,
): Promise<void> {
  const checked = checkScript(script)
  if (checked.outcome === 'faulty') return
  const targets = forwardTargets(checked.script, siteEnv().hostedDomains)
  if (targets.length === 0) return
  const known = await transaction.forwardAddress.findMany({ where: { mailboxId } })
  const open = known.filter(({ verifiedAt }) => verifiedAt === null).length
  const unknown = targets.filter((address) => !known.some((each) => each.address === address))
  const data = unknown
    .slice(0, Math.max(0, MAX_OPEN_FORWARD_REQUESTS - open))
    .map((address) => ({ mailboxId, address }))
  await transaction.forwardAddress.createMany({ data, skipDuplicates: true })
}
