import { useTranslations } from 'next-intl'
import { FilterForm } from '#components/form/filter-form.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { toJapanTime } from '#lib/clock/japan-time.ts'
import { idle } from '#lib/http/action-state.ts'
import type { AuditQuery } from './audit-query.ts'

export function AuditFilter({ query }: { query: AuditQuery }) {
  const t = useTranslations('audit.filter')
  const plain = { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false } as const
  return (
    <FilterForm className="sm:grid-cols-2" apply={t('apply')}>
      <TextField
        state={idle}
        name="action"
        label={t('action')}
        hint={t('actionHint')}
        defaultValue={query.action}
        {...plain}
      />
      <TextField state={idle} name="by" label={t('by')} hint={t('byHint')} defaultValue={query.by} {...plain} />
      <TextField
        state={idle}
        name="mailbox"
        label={t('mailbox')}
        hint={t('mailboxHint')}
        defaultValue={query.mailbox}
        {...plain}
      />
      <TextField
        state={idle}
        name="from"
        type="datetime-local"
        label={t('from')}
        defaultValue={toJapanTime(query.from)}
      />
      <TextField state={idle} name="to" type="datetime-local" label={t('to')} defaultValue={toJapanTime(query.to)} />
    </FilterForm>
  )
}
