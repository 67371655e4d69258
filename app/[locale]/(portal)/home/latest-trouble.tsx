import { useTranslations } from 'next-intl'
import { TroubleText } from '#components/activity/trouble-text.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { LatestRefusal } from '#lib/activity/latest-refusals.ts'

/** What went wrong in the last days, in words, with what to do about it. */
export function LatestTrouble({ refusals }: { refusals: readonly LatestRefusal[] }) {
  const t = useTranslations('home.trouble')
  return (
    <section aria-labelledby="trouble" className="rounded-12 border border-line bg-surface p-5 sm:p-6">
      <h2 id="trouble" className="text-std-18B-160">
        {t('title')}
      </h2>
      {refusals.length === 0 ? (
        <p className="mt-3 flex flex-wrap items-center gap-2">
          <StatusBadge tone="good">{t('noneLabel')}</StatusBadge>
          {t('none')}
        </p>
      ) : (
        <ul className="mt-3 divide-y divide-line">
          {refusals.map(({ event, times }) => (
            <li key={event.id} className="py-3 first:pt-0">
              <TroubleText event={event} times={times} />
            </li>
          ))}
        </ul>
      )}
      <TextLink standalone href="/activity">
        {t('all')}
      </TextLink>
    </section>
  )
}
