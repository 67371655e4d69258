import { useTranslations } from 'next-intl'
import { FilterForm } from '#components/form/filter-form.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import type { SentQuery } from '#lib/delivery/list-sent.ts'
import { sentFilters } from '#lib/delivery/queue-filters.ts'
import { idle } from '#lib/http/action-state.ts'

export function SentFilter({ query }: { query: SentQuery }) {
  const t = useTranslations('sent.filter')
  return (
    <FilterForm className="screen-only sm:grid-cols-[20rem_auto_1fr]" apply={t('apply')}>
      <SelectField
        state={idle}
        name="show"
        label={t('show')}
        defaultValue={query.show}
        options={sentFilters.map((value) => ({ value, label: t(`showChoice.${value}`) }))}
      />
    </FilterForm>
  )
}
