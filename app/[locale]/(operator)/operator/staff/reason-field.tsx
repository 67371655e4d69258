'use client'

import { useTranslations } from 'next-intl'
import type { FormState } from '#components/form/field-state.ts'
import { TextField } from '#components/form/text-field.tsx'

export function ReasonField({ state }: { state: FormState }) {
  const t = useTranslations('staff')
  return (
    <TextField
      state={state}
      name="reason"
      label={t('reason')}
      hint={t('reasonHint')}
      minLength={4}
      maxLength={200}
      autoComplete="off"
      required
    />
  )
}
