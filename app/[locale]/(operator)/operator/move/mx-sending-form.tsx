'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { idle } from '#lib/http/action-state.ts'
import { chooseMxSendingAction } from './actions.ts'

type MxSendingFormProps = { readonly version: number; readonly isOn: boolean }

/** The one thing that the old host did and the waves alone do not bring back. */
export function MxSendingForm({ version, isOn }: MxSendingFormProps) {
  const t = useTranslations('move.mxSending')
  const [state, action] = useActionState(chooseMxSendingAction, idle)
  return (
    <section aria-labelledby="mx-sending" className="mb-6 rounded-8 border border-line p-4">
      <h3 id="mx-sending" className="text-std-18B-160">
        {t('title')}
      </h3>
      <p className="my-2">
        <StatusBadge tone={isOn ? 'waiting' : 'off'}>{t(isOn ? 'on' : 'off')}</StatusBadge>
      </p>
      <p>{t('body')}</p>
      <Disclosure summary={t(isOn ? 'turnOff' : 'turnOn')}>
        <form action={action} className="space-y-4">
          <ActionMessage state={state} />
          <input type="hidden" name="basedOn" value={version} />
          <input type="hidden" name="sendsByMxPort" value={isOn ? '0' : '1'} />
          <TextField state={state} name="note" label={t('note')} maxLength={200} required />
          <SubmitButton>{t(isOn ? 'turnOff' : 'turnOn')}</SubmitButton>
        </form>
      </Disclosure>
    </section>
  )
}
