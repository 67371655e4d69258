'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { publishAnnouncementAction } from './actions.ts'

export function PublishForm({ id }: { id: string }) {
  const t = useTranslations('announcementEditor.publish')
  const [state, action] = useActionState(publishAnnouncementAction, idle)
  return (
    <form action={action} className="space-y-4 rounded-12 border border-line bg-surface p-5">
      <h2 className="text-std-20B-160">{t('title')}</h2>
      <ActionMessage state={state} />
      <input type="hidden" name="id" value={id} />
      <TextField state={state} name="publishAt" type="datetime-local" label={t('at')} hint={t('atHint')} optional />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}
