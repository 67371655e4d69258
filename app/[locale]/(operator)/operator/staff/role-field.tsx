'use client'

import { useTranslations } from 'next-intl'
import type { FormState } from '#components/form/field-state.ts'
import { SelectField } from '#components/form/select-field.tsx'
import { type StaffRole, staffRoles } from '#lib/accounts/actor.ts'

export function RoleField({ state, current = 'SUPPORT_AGENT' }: { state: FormState; current?: StaffRole }) {
  const t = useTranslations('staff')
  const options = staffRoles.map((role) => ({ value: role, label: t(`role.${role}`) }))
  return (
    <SelectField
      state={state}
      name="role"
      label={t('roleLabel')}
      hint={t('roleHint')}
      defaultValue={current}
      options={options}
    />
  )
}
