import { useTranslations } from 'next-intl'
import type { FormState } from '#components/form/field-state.ts'
import { SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import type { Extent } from '#lib/policy/in-force.ts'
import { extentKinds, extentValues } from './extent-form.ts'

type ExtentFieldsProps = {
  readonly state: FormState
  readonly extent: Extent | null
  /** everybody is one of the choices */
  readonly withAll: boolean
}

/** Only the field of the chosen kind is shown, by a rule of the style: that works without a script, too. */
const shownFor = {
  percent:
    'group-has-[option[value=all]:checked]/extent:hidden group-has-[option[value=domains]:checked]/extent:hidden',
  domains:
    'group-has-[option[value=all]:checked]/extent:hidden group-has-[option[value=percent]:checked]/extent:hidden',
} as const

/** Whom a version is to rule for. */
export function ExtentFields({ state, extent, withAll }: ExtentFieldsProps) {
  const t = useTranslations('policy.rollout')
  const { kind, percent, domains } = extentValues(extent)
  const kinds = extentKinds.filter((each) => withAll || each !== 'all')
  return (
    <div className="group/extent grid gap-5 sm:grid-cols-2">
      <SelectField
        state={state}
        name="extent.kind"
        label={t('for')}
        defaultValue={kind}
        options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
      <div className={shownFor.percent}>
        <TextField
          state={state}
          name="extent.percent"
          label={t('percent')}
          inputMode="numeric"
          defaultValue={percent}
        />
      </div>
      <div className={shownFor.domains}>
        <TextField
          state={state}
          name="extent.domains"
          label={t('domains')}
          defaultValue={domains}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
        />
      </div>
    </div>
  )
}
