'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { pauseWaveAction } from './actions.ts'

type PauseWaveFormProps = { readonly waveId: string; readonly isPaused: boolean; readonly label: string }

export function PauseWaveForm({ waveId, isPaused, label }: PauseWaveFormProps) {
  const t = useTranslations('announcementEditor.waves')
  const [state, action] = useActionState(pauseWaveAction, idle)
  return (
    <form action={action}>
      <ActionMessage state={state} />
      <input type="hidden" name="waveId" value={waveId} />
      <input type="hidden" name="isPaused" value={isPaused ? '0' : '1'} />
      <SubmitButton tone="secondary">
        {t(isPaused ? 'resume' : 'pause')}
        <span className="sr-only">{label}</span>
      </SubmitButton>
    </form>
  )
}
