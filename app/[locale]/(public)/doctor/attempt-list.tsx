'use client'

import { Stethoscope } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import type { Places } from '#lib/doctor/places.ts'
import type { AttemptView } from '#lib/doctor/watch-attempts.ts'
import { useLive } from '#lib/swr/use-live.ts'
import { AttemptItem } from './attempt-item.tsx'

const REFRESH_MS = 800

/** What comes from the mail program while the reader looks, newest first; the newest is read aloud. */
export function AttemptList({ initial, places }: { initial: readonly AttemptView[]; places: Places }) {
  const t = useTranslations('doctor')
  const attempts = useLive<readonly AttemptView[]>('/api/doctor', initial, REFRESH_MS)
  return (
    <section aria-labelledby="attempts">
      <h2 id="attempts" className="text-std-20B-160 sm:text-std-22B-150">
        {t('attempts')}
      </h2>
      <p className="mt-1 mb-4 text-ink-muted">{t('live')}</p>
      <div aria-live="polite">
        {attempts.length === 0 ? (
          <EmptyState icon={Stethoscope} title={t('empty.title')}>
            {t('empty.body')}
          </EmptyState>
        ) : (
          <ul className="space-y-4">
            {attempts.map((attempt) => (
              <AttemptItem key={attempt.id} attempt={attempt} places={places} />
            ))}
          </ul>
        )}
      </div>
      <p className="mt-4 text-ink-muted">{t('shared')}</p>
    </section>
  )
}
