'use client'

import { useTranslations } from 'next-intl'
import { SelectField, type SelectFieldProps } from '#components/form/select-field.tsx'
import type { ClientChoices } from './client-choices.ts'

type ClientFieldProps = Pick<SelectFieldProps, 'state' | 'hint' | 'defaultValue'> & {
  readonly clients: ClientChoices
  readonly label?: string
}

/** Which mail program it is for. */
export function ClientField({ state, clients, label, hint, defaultValue }: ClientFieldProps) {
  const t = useTranslations('credentials.new')
  return (
    <SelectField
      state={state}
      name="clientId"
      label={label ?? t('client')}
      hint={hint}
      defaultValue={defaultValue}
      options={[
        { value: '', label: t('otherClient') },
        { label: t('modernClients'), options: clients.modern },
        { label: t('noticeClients'), options: clients.notice },
      ]}
    />
  )
}
