import { useFormatter, useTranslations } from 'next-intl'
import type { ChangeView } from '#lib/activity/list-changes.ts'

/** What was changed in the settings, by the subscriber or by our staff. */
export function ChangeList({ changes }: { changes: readonly ChangeView[] }) {
  const t = useTranslations('activity.changes')
  const format = useFormatter()
  return (
    <section aria-labelledby="changes" className="mt-12">
      <h2 id="changes" className="text-std-20B-160">
        {t('title')}
      </h2>
      <p className="mt-1 mb-4 text-ink-muted">{changes.length === 0 ? t('empty') : t('lead')}</p>
      {changes.length === 0 ? null : (
        <ul className="divide-y divide-line rounded-12 border border-line bg-surface px-4 sm:px-6">
          {changes.map(({ id, at, action, by, label, reason }) => (
            <li key={id} className="py-3">
              <p className="flex flex-wrap items-baseline justify-between gap-x-6">
                <span>
                  {t(`action.${action}`)}
                  {label ? t('of', { label }) : null}
                </span>
                <time dateTime={at} className="text-ink-muted">
                  {format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short' })}
                </time>
              </p>
              <p className="text-ink-muted">
                {t(`by.${by}`)}
                {reason ? t('reason', { reason }) : null}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
