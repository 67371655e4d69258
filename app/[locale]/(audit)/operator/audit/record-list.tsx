import { useFormatter, useTranslations } from 'next-intl'
import { Cell, DataTable } from '#components/ui/data-table.tsx'
import { maxRecordsShown, type RecordView } from '#lib/audit/list-records.ts'

/** The newest single records: who did what to whom, and why. */
export function RecordList({ records }: { records: readonly RecordView[] }) {
  const t = useTranslations('audit.records')
  const format = useFormatter()
  if (records.length === 0) return null
  const head = [t('at'), t('by'), t('action'), t('subject'), t('reason')]
  return (
    <div className="mt-10">
      <h2 className="text-std-22B-150">{t('title')}</h2>
      <p className="mb-4 text-ink-muted">{t('lead', { count: maxRecordsShown })}</p>
      <DataTable caption={t('title')} head={head} className="rounded-12 border border-line bg-surface">
        {records.map(({ id, at, by, action, subject, address, reason }) => (
          <tr key={id}>
            <Cell className="whitespace-nowrap">
              {format.dateTime(at, { dateStyle: 'short', timeStyle: 'medium' })}
            </Cell>
            <Cell className="break-all">{by ?? t('nobody')}</Cell>
            <Cell className="typed">{action}</Cell>
            <Cell className="break-all">{address ?? subject}</Cell>
            <Cell className="break-words">{reason === '' ? '—' : reason}</Cell>
          </tr>
        ))}
      </DataTable>
    </div>
  )
}
