import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import type { PublicationState } from '#lib/dns/publication-state.ts'
import { siteEnv } from '#lib/env/site.ts'
import { checkPublished } from './check-published.ts'
import { type DkimAlgorithm, recordName, recordText, zoneFileText } from './dkim-record.ts'

export type DkimKeyView = {
  readonly selector: string
  readonly algorithm: DkimAlgorithm
  readonly state: 'NEXT' | 'ACTIVE' | 'RETIRED'
  readonly recordName: string
  readonly recordText: string
  readonly zoneFileText: string
  readonly publication: PublicationState
  /** for a retired key: mail that it has signed may be under way until then */
  readonly neededUntil: string | null
}

export type DkimDomainView = { readonly domain: string; readonly keys: readonly DkimKeyView[] }

/** A signature is checked when the message arrives: a queue gives up after five days, and some days of grace. */
const NEEDED_DAYS_AFTER_RETIREMENT = 7
const SHOWN_RETIRED_KEYS = 4
const DAY_MS = 86_400_000

/**
 * Every hosted domain with its keys, and whether each is to be seen in DNS at this moment.
 * @throws AppError forbidden
 */
export async function listDkimKeys(actor: Actor): Promise<DkimDomainView[]> {
  requirePermission(actor, 'dkim.read')
  const { hostedDomains } = siteEnv()
  const rows = await prisma().dkimKey.findMany({
    where: { domain: { in: [...hostedDomains] } },
    orderBy: [{ createdAt: 'desc' }, { algorithm: 'desc' }],
  })
  return Promise.all(hostedDomains.map(async (domain) => ({ domain, keys: await viewsOf(domain, rows) })))
}

type Row = Awaited<ReturnType<ReturnType<typeof prisma>['dkimKey']['findMany']>>[number]

function viewsOf(domain: string, rows: readonly Row[]): Promise<DkimKeyView[]> {
  const own = rows.filter((row) => row.domain === domain)
  const retired = own.filter(({ state }) => state === 'RETIRED').slice(0, SHOWN_RETIRED_KEYS)
  const shown = [...own.filter(({ state }) => state !== 'RETIRED'), ...retired]
  return Promise.all(
    shown.map(async (row) => ({
      selector: row.selector,
      algorithm: row.algorithm,
      state: row.state,
      recordName: recordName(row),
      recordText: recordText(row),
      zoneFileText: zoneFileText(row),
      publication: await checkPublished(row),
      neededUntil: row.retiredAt
        ? new Date(row.retiredAt.getTime() + NEEDED_DAYS_AFTER_RETIREMENT * DAY_MS).toISOString()
        : null,
    })),
  )
}
