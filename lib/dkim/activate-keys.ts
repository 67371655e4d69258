import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { checkPublished } from './check-published.ts'
import { recordName } from './dkim-record.ts'
import { lockDkimDomain } from './lock-dkim-domain.ts'

export const activateKeysInput = z.object({
  domain: z.string().max(255),
  /** sign although DNS does not show the keys: for a resolver that sees another side of DNS than the world */
  isUnpublishedAllowed: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
})

/**
 * The next keys sign from now on; those that signed until now are retired, and their private halves destroyed.
 * @throws AppError forbidden, not_found (no next keys), conflict (DNS does not show them yet)
 */
export async function activateKeys(actor: Actor, wish: z.output<typeof activateKeysInput>): Promise<void> {
  requirePermission(actor, 'dkim.change')
  const { domain, isUnpublishedAllowed } = wish
  const next = await prisma().dkimKey.findMany({ where: { domain, state: 'NEXT' } })
  if (next.length === 0) throw notFound(`next DKIM keys of ${domain}`)
  const states = await Promise.all(next.map(checkPublished))
  const unseen = next.filter((_, index) => states[index] !== 'published')
  if (unseen.length > 0 && !isUnpublishedAllowed) throw notPublished(unseen.map(recordName))
  await prisma().$transaction(async (transaction) => {
    await lockDkimDomain(transaction, domain)
    const now = new Date()
    const retired = await transaction.dkimKey.updateManyAndReturn({
      where: { domain, state: 'ACTIVE' },
      data: { state: 'RETIRED', retiredAt: now, sealedPrivateKey: null },
      select: { selector: true },
    })
    const { count } = await transaction.dkimKey.updateMany({
      where: { id: { in: next.map(({ id }) => id) }, state: 'NEXT' },
      data: { state: 'ACTIVE', activatedAt: now },
    })
    if (count !== next.length) throw notFound(`next DKIM keys of ${domain}`)
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'dkim.activate',
      subject: `domain:${domain}`,
      mailboxId: null,
      reason: '',
      details: {
        selectors: next.map(({ selector }) => selector),
        retired: retired.map(({ selector }) => selector),
        unseenInDns: unseen.map(({ selector }) => selector),
      },
    })
  })
}

function notPublished(names: readonly string[]): AppError {
  return new AppError('conflict', `not in DNS: ${names.join(' ')}`, {
    ja: `次のレコードがまだDNSに見えないため、切り替えませんでした（${names.join('、')}）。いまの鍵での署名を続けています。登録してから反映されるまで待って、もう一度お試しください。`,
    en: `These records are not to be seen in DNS yet, so nothing was switched (${names.join(', ')}). Signing goes on as before. Publish them, wait until they have spread, and try again.`,
  })
}
