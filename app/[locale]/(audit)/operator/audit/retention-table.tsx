import { useFormatter, useTranslations } from 'next-intl'
import { Cell, DataTable } from '#components/ui/data-table.tsx'
import type { RetentionView } from '#lib/retention/list-retention.ts'

/** For how long things are kept, and when the rule last ran. */
export function RetentionTable({ views }: { views: readonly RetentionView[] }) {
  const t = useTranslations('audit.retention')
  const format = useFormatter()
  const kept = ({ days, isByPolicy }: RetentionView) => {
    if (days === null) return t('byRecipe')
    if (days === 0) return t('forever')
    return isByPolicy ? t('daysByPolicy', { days }) : t('days', { days })
  }
  const head = [t('what'), t('kept'), t('lastRun'), t('removed')]
  return (
    <div className="mt-12">
      <h2 className="text-std-22B-150">{t('title')}</h2>
      <p className="mb-4 text-ink-muted">{t('lead')}</p>
      <DataTable caption={t('title')} head={head} className="rounded-12 border border-line bg-surface">
        {views.map((view) => (
          <tr key={view.kind}>
            <Cell>{t(`kind.${view.kind}`)}</Cell>
            <Cell>{kept(view)}</Cell>
            <Cell className="whitespace-nowrap">
              {view.lastRunAt === null
                ? t('never')
                : format.dateTime(view.lastRunAt, { dateStyle: 'short', timeStyle: 'medium' })}
            </Cell>
            <Cell>{format.number(view.removed)}</Cell>
          </tr>
        ))}
      </DataTable>
    </div>
  )
}
