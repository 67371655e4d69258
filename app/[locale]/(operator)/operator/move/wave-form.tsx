'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { oldHostServices } from '#lib/policy/old-host-rules.ts'
import { addWaveAction } from './actions.ts'

export function WaveForm({ version }: { version: number }) {
  const t = useTranslations('move.waves')
  const [state, action] = useActionState(addWaveAction, idle)
  return (
    <form action={action} className="space-y-4 rounded-8 border border-line bg-sunken p-4 sm:p-5">
      <h3 className="text-std-18B-160">{t('add')}</h3>
      <ActionMessage state={state} />
      <input type="hidden" name="basedOn" value={version} />
      <TextField state={state} name="from" type="datetime-local" label={t('fromLabel')} required />
      <SelectField
        state={state}
        name="service"
        label={t('serviceLabel')}
        hint={t('serviceHint')}
        defaultValue="receiveOnly"
        options={oldHostServices.map((value) => ({ value, label: t(`service.${value}`) }))}
      />
      <TextField state={state} name="domains" label={t('domains')} hint={t('domainsHint')} optional />
      <TextField
        state={state}
        name="percent"
        label={t('percent')}
        hint={t('percentHint')}
        inputMode="numeric"
        defaultValue="100"
        required
      />
      <TextField state={state} name="note" label={t('note')} maxLength={200} required />
      <SubmitButton>{t('add')}</SubmitButton>
    </form>
  )
}
