'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { callOutcomes } from '#lib/move/call-outcomes.ts'
import { addCallNoteAction } from './actions.ts'

export function CallNoteForm({ mailboxId }: { mailboxId: number }) {
  const t = useTranslations('moveBoard')
  const [state, action] = useActionState(addCallNoteAction, idle)
  return (
    <form action={action} className="space-y-4">
      <ActionMessage state={state} />
      <input type="hidden" name="mailboxId" value={mailboxId} />
      <SelectField
        state={state}
        name="outcome"
        label={t('outcomeLabel')}
        defaultValue="reached"
        options={callOutcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
      />
      <TextField state={state} name="note" label={t('note')} hint={t('noteHint')} maxLength={300} required />
      <SubmitButton>{t('saveNote')}</SubmitButton>
    </form>
  )
}
