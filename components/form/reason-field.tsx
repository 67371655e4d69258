'use client'

import { useTranslations } from 'next-intl'
import { TextField, type TextFieldProps } from './text-field.tsx'

type ReasonFieldProps = Pick<TextFieldProps, 'state' | 'hint' | 'defaultValue'> & {
  readonly readBy: 'customer' | 'colleagues'
  readonly maxLength?: number
}

/** Why one of the staff does a thing, as it is kept in the audit trail. */
export function ReasonField({ state, readBy, hint, defaultValue, maxLength = 200 }: ReasonFieldProps) {
  const t = useTranslations(`forms.reason.${readBy}`)
  return (
    <TextField
      state={state}
      name="reason"
      label={t('label')}
      hint={hint ?? t('hint')}
      defaultValue={defaultValue}
      minLength={4}
      maxLength={maxLength}
      autoComplete="off"
      required
    />
  )
}
