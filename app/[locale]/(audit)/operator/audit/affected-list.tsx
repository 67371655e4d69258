import { useFormatter, useTranslations } from 'next-intl'
import { Cell, DataTable } from '#components/ui/data-table.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Affected } from '#lib/audit/who-was-affected.ts'

/** Whose mailboxes the records name, and what was changed for everybody. */
export function AffectedList({ affected: { mailboxes, general, isCut } }: { affected: Affected }) {
  const t = useTranslations('audit.affected')
  const format = useFormatter()
  const moment = (at: Date) => format.dateTime(at, { dateStyle: 'short', timeStyle: 'medium' })
  const head = [t('mailbox'), t('contract'), t('actions'), t('records'), t('first'), t('last')]
  return (
    <section aria-labelledby="affected" className="space-y-4">
      <h2 id="affected" className="text-std-22B-150">
        {t('title', { count: mailboxes.length })}
      </h2>
      {isCut ? <Notice tone="warning" title={t('isCut')} /> : null}
      {mailboxes.length === 0 ? (
        <p className="text-ink-muted">{t('none')}</p>
      ) : (
        <DataTable caption={t('caption')} head={head} className="rounded-12 border border-line bg-surface">
          {mailboxes.map(({ mailboxId, address, contractNumber, actions, records, firstAt, lastAt }) => (
            <tr key={mailboxId}>
              <Cell className="break-all">{address ?? t('gone', { id: mailboxId })}</Cell>
              <Cell>{contractNumber ?? '—'}</Cell>
              <Cell className="typed">{actions.join(', ')}</Cell>
              <Cell>{format.number(records)}</Cell>
              <Cell className="whitespace-nowrap">{moment(firstAt)}</Cell>
              <Cell className="whitespace-nowrap">{moment(lastAt)}</Cell>
            </tr>
          ))}
        </DataTable>
      )}
      {general.length === 0 ? null : (
        <Notice title={t('general')}>
          <ul className="space-y-1">
            {general.map(({ id, at, action, subject }) => (
              <li key={id} className="break-words">
                {moment(at)} <span className="typed">{action}</span> <span className="typed">{subject}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  )
}
