import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { listSources } from '#lib/migration/list-sources.ts'
import { boardQuery, readBoard } from '#lib/migration/read-board.ts'
import { BatchForm } from './batch-form.tsx'
import { Board } from './board.tsx'
import { SourceForm } from './source-form.tsx'
import { SourceList } from './source-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('migration')
  return { title: t('title') }
}

type PageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function MigrationPage({ searchParams }: PageProps) {
  const { actor } = await requireSession('migration.read', '/operator/migration')
  const query = boardQuery.parse(await searchParams)
  const [t, board, sources] = await Promise.all([
    getTranslations('migration'),
    readBoard(actor, query),
    listSources(actor),
  ])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <div className="space-y-10">
        <Board key={`${query.batch} ${query.page}`} initial={board} batchId={query.batch} />
        {sources.length === 0 ? null : <BatchForm sources={sources.map(({ id, name }) => ({ id, name }))} />}
        <p>
          <TextLink standalone href="/operator/migration/addresses">
            {t('toAddresses')}
          </TextLink>
        </p>
        <section aria-labelledby="sources" className="space-y-4">
          <h2 id="sources" className="text-std-22B-150">
            {t('sources.title')}
          </h2>
          {sources.length === 0 ? <p>{t('sources.none')}</p> : <SourceList sources={sources} />}
          <Disclosure summary={t('sources.add')} open={sources.length === 0}>
            <SourceForm />
          </Disclosure>
        </section>
      </div>
    </>
  )
}
