'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { idle } from '#lib/http/action-state.ts'
import { finishMaintenanceAction, moveMaintenanceEndAction } from './actions.ts'

const formClass = 'space-y-4 rounded-8 border border-line bg-sunken p-4'

/** @param endsAt as a datetime-local input has it */
export function MoveEndForm({ id, endsAt }: { id: string; endsAt: string }) {
  const t = useTranslations('maintenance.move')
  const [state, action] = useActionState(moveMaintenanceEndAction, idle)
  return (
    <Disclosure summary={t('open')}>
      <form action={action} className={formClass}>
        <ActionMessage state={state} />
        <input type="hidden" name="id" value={id} />
        <TextField
          state={state}
          name="endsAt"
          type="datetime-local"
          label={t('endsAt')}
          defaultValue={endsAt}
          required
        />
        <ReasonField state={state} readBy="colleagues" />
        <SubmitButton>{t('submit')}</SubmitButton>
      </form>
    </Disclosure>
  )
}

export function FinishForm({ id }: { id: string }) {
  const t = useTranslations('maintenance.finish')
  const [state, action] = useActionState(finishMaintenanceAction, idle)
  return (
    <Disclosure summary={t('open')}>
      <form action={action} className={formClass}>
        <ActionMessage state={state} />
        <p>{t('consequence')}</p>
        <input type="hidden" name="id" value={id} />
        <ReasonField state={state} readBy="colleagues" />
        <SubmitButton>{t('submit')}</SubmitButton>
      </form>
    </Disclosure>
  )
}
