import { useTranslations } from 'next-intl'
import { FilterForm } from '#components/form/filter-form.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import type { QueueQuery } from '#lib/delivery/list-queue.ts'
import { queueFilters } from '#lib/delivery/queue-filters.ts'
import { idle } from '#lib/http/action-state.ts'

export function QueueFilter({ query }: { query: QueueQuery }) {
  const t = useTranslations('queue.filter')
  return (
    <FilterForm className="sm:grid-cols-[1fr_1fr_auto]" apply={t('apply')}>
      <TextField
        state={idle}
        name="domain"
        label={t('domain')}
        defaultValue={query.domain}
        placeholder={t('allDomains')}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
      <SelectField
        state={idle}
        name="show"
        label={t('show')}
        defaultValue={query.show}
        options={queueFilters.map((value) => ({ value, label: t(`showChoice.${value}`) }))}
      />
    </FilterForm>
  )
}
