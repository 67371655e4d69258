import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { siteEnv } from '#lib/env/site.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { makeDkimKeyPair, newSelector } from './dkim-key-pair.ts'
import { dkimAlgorithms } from './dkim-record.ts'
import { lockDkimDomain } from './lock-dkim-domain.ts'
import { dkimKeySeal, sealContext } from './private-key-seal.ts'

export const createNextKeysInput = z.object({ domain: z.string().max(255) })

/**
 * A new pair of keys, one of each algorithm, that signs nothing before it is activated.
 * @throws AppError forbidden, not_found (no hosted domain), conflict (there are next keys already)
 */
export async function createNextKeys(actor: Actor, input: z.infer<typeof createNextKeysInput>): Promise<void> {
  requirePermission(actor, 'dkim.change')
  const { domain } = createNextKeysInput.parse(input)
  if (!siteEnv().hostedDomains.includes(domain)) throw notFound(`hosted domain ${domain}`)
  const seal = dkimKeySeal(secretsEnv().masterKey)
  const keys = await Promise.all(
    dkimAlgorithms.map(async (algorithm) => {
      const { publicKey, privateKey } = await makeDkimKeyPair(algorithm)
      const selector = newSelector(algorithm, new Date())
      const sealed = seal.close(privateKey, sealContext({ domain, selector }))
      return { domain, selector, algorithm, publicKey, sealedPrivateKey: new Uint8Array(sealed) }
    }),
  )
  await prisma().$transaction(async (transaction) => {
    await lockDkimDomain(transaction, domain)
    if ((await transaction.dkimKey.count({ where: { domain, state: 'NEXT' } })) > 0) throw alreadyThere(domain)
    await transaction.dkimKey.createMany({ data: keys })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'dkim.create',
      subject: `domain:${domain}`,
      mailboxId: null,
      reason: '',
      details: { selectors: keys.map(({ selector }) => selector) },
    })
  })
}

function alreadyThere(domain: string): AppError {
  return new AppError('conflict', `next keys of ${domain} exist`, {
    ja: 'このドメインには、次に使う鍵がもう用意されています。画面を読み込み直して、その鍵をDNSに登録してください。新しい鍵は作っていません。',
    en: 'This domain already has keys that come next. Reload the page and publish those in DNS. No new keys were made.',
  })
}
