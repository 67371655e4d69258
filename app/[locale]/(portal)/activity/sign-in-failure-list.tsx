import { useFormatter, useTranslations } from 'next-intl'
import type { SignInFailureView } from '#lib/activity/list-sign-in-failures.ts'

/** Wrong passwords at the portal's own door. */
export function SignInFailureList({ failures }: { failures: readonly SignInFailureView[] }) {
  const t = useTranslations('activity.signInFailures')
  const format = useFormatter()
  return (
    <section aria-labelledby="sign-in-failures" className="mt-12">
      <h2 id="sign-in-failures" className="text-std-20B-160">
        {t('title')}
      </h2>
      <p className="mt-1 mb-4 text-ink-muted">{failures.length === 0 ? t('empty') : t('lead')}</p>
      {failures.length === 0 ? null : (
        <ul className="divide-y divide-line rounded-12 border border-line bg-surface px-4 sm:px-6">
          {failures.map(({ id, at, address }) => (
            <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-6 py-3">
              <span>{t('from', { address })}</span>
              <time dateTime={at} className="text-ink-muted">
                {format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short' })}
              </time>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
