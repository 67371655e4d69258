import { CircleCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { PageLinks } from '#components/ui/page-links.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { boardQuery, readBoard } from '#lib/move/move-board.ts'
import { BoardItem } from './board-item.tsx'
import { StateTabs } from './state-tabs.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('moveBoard')
  return { title: t('title') }
}

type PageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function MoveBoardPage({ searchParams }: PageProps) {
  const { actor } = await requireSession('move.readBoard', '/support/move')
  const query = boardQuery.parse(await searchParams)
  const [t, board] = await Promise.all([getTranslations('moveBoard'), readBoard(actor, query)])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <StateTabs counts={board.counts} shown={query.show} />
      {board.rows.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t('empty')}>
          {t('emptyBody')}
        </EmptyState>
      ) : null}
      <ul className="space-y-4">
        {board.rows.map((row) => (
          <BoardItem key={row.mailboxId} row={row} />
        ))}
      </ul>
      <div className="mt-6">
        <PageLinks path={`/support/move?show=${query.show}`} page={query.page} hasMore={board.hasMore} />
      </div>
    </>
  )
}
