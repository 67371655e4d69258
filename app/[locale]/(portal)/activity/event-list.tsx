'use client'

import { Activity } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { EventItem } from '#components/activity/event-item.tsx'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import type { EventPage } from '#lib/activity/list-events.ts'
import { useLive } from '#lib/swr/use-live.ts'

type EventListProps = {
  readonly initial: EventPage
  readonly apiPath: string
  readonly newestPath: string | null
  readonly olderPath: string | null
  /** by mailbox id; empty when there is only one */
  readonly addresses: Readonly<Record<string, string>>
}

const REFRESH_MS = 4_000
const NEVER = 0

/** The newest page follows what happens; older pages stand still. */
export function EventList({ initial, apiPath, newestPath, olderPath, addresses }: EventListProps) {
  const t = useTranslations('activity')
  const { events } = useLive(apiPath, initial, newestPath === null ? REFRESH_MS : NEVER)
  if (events.length === 0) {
    return (
      <EmptyState icon={Activity} title={t('empty.title')}>
        {t('empty.body')}
      </EmptyState>
    )
  }
  return (
    <section aria-label={t('title')}>
      <p className="mb-3 text-ink-muted">{newestPath === null ? t('live') : t('older')}</p>
      <ul className="divide-y divide-line rounded-12 border border-line bg-surface">
        {events.map((event) => (
          <EventItem key={event.id} event={event} address={addresses[String(event.mailboxId)]} />
        ))}
      </ul>
      <p className="screen-only mt-5 flex flex-wrap gap-3">
        {newestPath ? (
          <ButtonLink href={newestPath} tone="secondary">
            {t('toNewest')}
          </ButtonLink>
        ) : null}
        {olderPath ? (
          <ButtonLink href={olderPath} tone="secondary">
            {t('toOlder')}
          </ButtonLink>
        ) : null}
      </p>
    </section>
  )
}
