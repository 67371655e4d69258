import { useTranslations } from 'next-intl'
import { FilterForm } from '#components/form/filter-form.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { eventFilters, eventServices } from '#lib/activity/event-filters.ts'
import type { EventQuery } from '#lib/activity/list-events.ts'
import { idle } from '#lib/http/action-state.ts'

type ActivityFilterProps = {
  readonly query: EventQuery
  readonly mailboxes: readonly { readonly id: number; readonly address: string }[]
}

export function ActivityFilter({ query, mailboxes }: ActivityFilterProps) {
  const t = useTranslations('activity.filter')
  return (
    <FilterForm className="screen-only sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_auto]" apply={t('apply')}>
      <SelectField
        state={idle}
        name="show"
        label={t('show')}
        defaultValue={query.show}
        options={eventFilters.map((value) => ({ value, label: t(`showChoice.${value}`) }))}
      />
      <SelectField
        state={idle}
        name="service"
        label={t('service')}
        defaultValue={query.service}
        options={eventServices.map((value) => ({ value, label: t(`serviceChoice.${value}`) }))}
      />
      {mailboxes.length > 1 ? (
        <SelectField
          state={idle}
          name="mailbox"
          label={t('mailbox')}
          defaultValue={query.mailbox === undefined ? '' : String(query.mailbox)}
          options={[
            { value: '', label: t('allMailboxes') },
            ...mailboxes.map(({ id, address }) => ({ value: String(id), label: address })),
          ]}
        />
      ) : null}
    </FilterForm>
  )
}
