import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { listQueue, listQueueInput } from '#lib/delivery/list-queue.ts'
import { QueueBoard } from './queue-board.tsx'
import { queuePath } from './queue-path.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('queue')
  return { title: t('title') }
}

type PageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function QueuePage({ searchParams }: PageProps) {
  const { actor } = await requireSession('queue.read', '/operator/queue')
  const query = listQueueInput.parse(await searchParams)
  const [t, page] = await Promise.all([getTranslations('queue'), listQueue(actor, query)])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <p className="mt-2 text-ink-muted">{t('secrecy')}</p>
      </PageHeading>
      <QueueBoard key={queuePath('', query)} initial={page} query={query} />
    </>
  )
}
