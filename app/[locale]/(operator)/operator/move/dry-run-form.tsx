import { useTranslations } from 'next-intl'
import { FilterForm } from '#components/form/filter-form.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { toJapanTime } from '#lib/clock/japan-time.ts'
import { idle } from '#lib/http/action-state.ts'
import { type DryRunInput, dryRunPolicies } from '#lib/move/dry-run.ts'

const days = ['7', '30', '90'] as const

type DryRunFormProps = {
  readonly query: DryRunInput | null
  readonly versions: readonly { readonly version: number; readonly note: string }[]
}

export function DryRunForm({ query, versions }: DryRunFormProps) {
  const t = useTranslations('move.dryRun')
  return (
    <FilterForm className="grid-cols-1 sm:grid-cols-2" apply={t('run')}>
      <TextField
        state={idle}
        name="at"
        type="datetime-local"
        label={t('at')}
        defaultValue={toJapanTime(query?.at ?? new Date())}
        required
      />
      <SelectField
        state={idle}
        name="oldHost"
        label={t('oldHost')}
        defaultValue={query?.oldHost ?? 'current'}
        options={dryRunPolicies.map((value) => ({ value, label: t(`assumed.${value}`) }))}
      />
      <SelectField
        state={idle}
        name="version"
        label={t('version')}
        defaultValue={String(query?.version ?? 0)}
        options={[
          { value: '0', label: t('newest') },
          ...versions.map(({ version, note }) => ({
            value: String(version),
            label: t('versionOf', { version, note }),
          })),
        ]}
      />
      <SelectField
        state={idle}
        name="days"
        label={t('days')}
        defaultValue={String(query?.days ?? 30)}
        options={days.map((value) => ({ value, label: t('lastDays', { count: Number(value) }) }))}
      />
    </FilterForm>
  )
}
