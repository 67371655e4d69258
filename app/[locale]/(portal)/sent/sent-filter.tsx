import { useTranslations } from 'next-intl'
import { SelectField } from '#components/form/select-field.tsx'
import { Button } from '#components/ui/button.tsx'
import type { SentQuery } from '#lib/delivery/list-sent.ts'
import { sentFilters } from '#lib/delivery/queue-filters.ts'
import { idle } from '#lib/http/action-state.ts'

/** A plain GET form: the address of the page says what is shown, and it works without JavaScript. */
export function SentFilter({ query }: { query: SentQuery }) {
  const t = useTranslations('sent.filter')
  return (
    <form className="screen-only mb-6 grid items-end gap-4 rounded-12 border border-line bg-surface p-4 sm:grid-cols-[20rem_auto_1fr] sm:p-5">
      <SelectField
        state={idle}
        name="show"
        label={t('show')}
        defaultValue={query.show}
        groups={[{ options: sentFilters.map((value) => ({ value, label: t(`showChoice.${value}`) })) }]}
      />
      <Button type="submit" tone="secondary">
        {t('apply')}
      </Button>
    </form>
  )
}
