import { useFormatter, useTranslations } from 'next-intl'
import type { RecipeFault } from '#lib/support/recipe-faults.ts'

/** What went wrong with recipes, by its kind; what they say and whose mail it was, stays with the customer. */
export function RecipeFaults({ faults }: { faults: readonly RecipeFault[] }) {
  const t = useTranslations('support.page.recipes')
  const reasons = useTranslations('events.reason')
  const format = useFormatter()
  if (faults.length === 0) return <p className="text-ink-muted">{t('none')}</p>
  return (
    <ul className="divide-y divide-line">
      {faults.map(({ reason, times, lastAt }) => (
        <li key={reason} className="py-3">
          <p className="text-ink-muted">
            {t('times', { times, last: format.dateTime(lastAt, { dateStyle: 'medium', timeStyle: 'short' }) })}
          </p>
          <p className="text-std-16B-170">{reasons(`${reason}.what`)}</p>
          <p>{reasons(`${reason}.todo`)}</p>
        </li>
      ))}
    </ul>
  )
}
