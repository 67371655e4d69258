'use client'

import { Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import type { SentPage, SentQuery } from '#lib/delivery/list-sent.ts'
import { useLive } from '#lib/swr/use-live.ts'
import { SentItem } from './sent-item.tsx'
import { sentPath } from './sent-path.ts'

type SentListProps = {
  readonly initial: SentPage
  readonly query: SentQuery
  /** by mailbox id; empty when there is only one */
  readonly addresses: Readonly<Record<string, string>>
}

const REFRESH_MS = 5_000
const NEVER = 0

/** The newest page follows what happens; older pages stand still. */
export function SentList({ initial, query, addresses }: SentListProps) {
  const t = useTranslations('sent')
  const isNewest = query.before === undefined
  const { messages, nextBefore } = useLive(sentPath('/api/sent', query), initial, isNewest ? REFRESH_MS : NEVER)
  if (messages.length === 0) {
    return query.show === 'all' ? (
      <EmptyState icon={Send} title={t('empty.title')}>
        {t('empty.body')}
      </EmptyState>
    ) : (
      <EmptyState icon={Send} title={t(`none.${query.show}`)} />
    )
  }
  return (
    <section aria-label={t('title')}>
      <p className="mb-3 text-ink-muted">{isNewest ? t('live') : t('older')}</p>
      <ul className="space-y-4">
        {messages.map((message) => (
          <SentItem key={message.id} message={message} from={addresses[String(message.mailboxId)]} />
        ))}
      </ul>
      <p className="screen-only mt-5 flex flex-wrap gap-3">
        {isNewest ? null : (
          <ButtonLink href={sentPath('/sent', { ...query, before: undefined })} tone="secondary">
            {t('toNewest')}
          </ButtonLink>
        )}
        {nextBefore === null ? null : (
          <ButtonLink href={sentPath('/sent', { ...query, before: nextBefore })} tone="secondary">
            {t('toOlder')}
          </ButtonLink>
        )}
      </p>
    </section>
  )
}
