'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { CheckboxGroup } from '#components/form/checkbox-group.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { services } from '#lib/maintenance/services.ts'
import { scheduleMaintenanceAction } from './actions.ts'

export function ScheduleForm() {
  const t = useTranslations('maintenance')
  const names = useTranslations('services')
  const [state, action] = useActionState(scheduleMaintenanceAction, idle)
  return (
    <form action={action} className="space-y-4 rounded-12 border border-line bg-surface p-5">
      <h2 className="text-std-20B-160">{t('schedule')}</h2>
      <ActionMessage state={state} />
      <CheckboxGroup
        state={state}
        name="services"
        legend={t('services')}
        hint={t('servicesHint')}
        options={services.map((value) => ({ value, label: names(value) }))}
        defaultValues={['receive', 'reading', 'smtp']}
      />
      <TextField
        state={state}
        name="startsAt"
        type="datetime-local"
        label={t('startsAt')}
        hint={t('startsAtHint')}
        optional
      />
      <TextField
        state={state}
        name="endsAt"
        type="datetime-local"
        label={t('endsAt')}
        hint={t('endsAtHint')}
        required
      />
      <TextField
        state={state}
        name="unstableUntil"
        type="datetime-local"
        label={t('unstableUntil')}
        hint={t('unstableUntilHint')}
        optional
      />
      <TextField state={state} name="reason.ja" label={t('reasonJa')} maxLength={200} required />
      <TextField state={state} name="reason.en" label={t('reasonEn')} maxLength={200} required />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}
