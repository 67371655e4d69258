import { useTranslations } from 'next-intl'
import { SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { Button } from '#components/ui/button.tsx'
import type { QueueQuery } from '#lib/delivery/list-queue.ts'
import { queueFilters } from '#lib/delivery/queue-filters.ts'
import { idle } from '#lib/http/action-state.ts'

/** A plain GET form: the address of the page says what is shown. */
export function QueueFilter({ query }: { query: QueueQuery }) {
  const t = useTranslations('queue.filter')
  return (
    <form className="mb-6 grid items-end gap-4 rounded-12 border border-line bg-surface p-4 sm:grid-cols-[1fr_1fr_auto] sm:p-5">
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
        groups={[{ options: queueFilters.map((value) => ({ value, label: t(`showChoice.${value}`) })) }]}
      />
      <Button type="submit" tone="secondary">
        {t('apply')}
      </Button>
    </form>
  )
}
