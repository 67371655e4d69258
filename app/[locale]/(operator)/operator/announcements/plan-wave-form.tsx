'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { planWaveAction } from './actions.ts'

export function PlanWaveForm({ announcementId, remaining }: { announcementId: string; remaining: number }) {
  const t = useTranslations('announcementEditor.waves')
  const [state, action] = useActionState(planWaveAction, idle)
  return (
    <form action={action} className="space-y-4 rounded-8 border border-line bg-sunken p-4 sm:p-5">
      <ActionMessage state={state} />
      {state.status === 'done' ? <DoneNotice of={state} title={t('planned', { count: state.result.letters })} /> : null}
      <input type="hidden" name="announcementId" value={announcementId} />
      <TextField
        state={state}
        name="size"
        label={t('size')}
        hint={t('sizeHint', { count: remaining })}
        inputMode="numeric"
        defaultValue={String(remaining)}
        required
      />
      <TextField
        state={state}
        name="perMinute"
        label={t('perMinute')}
        hint={t('perMinuteHint')}
        inputMode="numeric"
        defaultValue="600"
        required
      />
      <TextField
        state={state}
        name="startsAt"
        type="datetime-local"
        label={t('startsAt')}
        hint={t('startsAtHint')}
        optional
      />
      <SubmitButton>{t('plan')}</SubmitButton>
    </form>
  )
}
