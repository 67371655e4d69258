'use client'

import { Inbox } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { QueuePage, QueueQuery } from '#lib/delivery/list-queue.ts'
import { useLive } from '#lib/swr/use-live.ts'
import { DomainList } from './domain-list.tsx'
import { QueueFilter } from './queue-filter.tsx'
import { queuePath } from './queue-path.ts'
import { RecipientItem } from './recipient-item.tsx'

const REFRESH_MS = 5_000

/** The queue as it is, followed while the reader looks. */
export function QueueBoard({ initial, query }: { initial: QueuePage; query: QueueQuery }) {
  const t = useTranslations('queue')
  const apiPath = queuePath('/api/queue', query)
  const page = useLive(apiPath, initial, REFRESH_MS)
  if (page.domains.length === 0) {
    return (
      <EmptyState icon={Inbox} title={t('empty.title')}>
        {t('empty.body')}
      </EmptyState>
    )
  }
  const { waiting, held, damaged, recipients, nextAfter } = page
  return (
    <>
      {damaged > 0 ? (
        <Notice tone="danger" role="alert" title={t('damaged.title', { count: damaged })} className="mb-6">
          <p>{t('damaged.body')}</p>
        </Notice>
      ) : null}
      <p className="mb-6 text-ink-muted">
        <span className="text-std-18B-160 text-ink">{t('totals', { waiting, held })}</span> {t('live')}
      </p>
      <DomainList page={page} apiPath={apiPath} />
      <section aria-labelledby="recipients" className="mt-12">
        <h2 id="recipients" className="mb-4 text-std-22B-150">
          {t('recipients.title')}
        </h2>
        <QueueFilter query={query} />
        {recipients.length === 0 ? <p className="text-ink-muted">{t('recipients.none')}</p> : null}
        <ul className="space-y-4">
          {recipients.map((recipient) => (
            <RecipientItem key={recipient.id} recipient={recipient} apiPath={apiPath} />
          ))}
        </ul>
        <p className="mt-5 flex flex-wrap gap-3">
          {query.after === undefined ? null : (
            <ButtonLink href={queuePath('/operator/queue', { ...query, after: undefined })} tone="secondary">
              {t('recipients.toFirst')}
            </ButtonLink>
          )}
          {nextAfter === null ? null : (
            <ButtonLink href={queuePath('/operator/queue', { ...query, after: nextAfter })} tone="secondary">
              {t('recipients.toNext')}
            </ButtonLink>
          )}
        </p>
      </section>
    </>
  )
}
