'use client'

import { useTranslations } from 'next-intl'
import { type MouseEvent, startTransition, useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import type { FormState } from '#components/form/field-state.ts'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { Button } from '#components/ui/button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { rehearsePolicyAction } from './actions.ts'
import { DifferenceList } from './difference-list.tsx'
import { ExtentFields } from './extent-fields.tsx'
import { RehearsalResult } from './rehearsal-result.tsx'

/** The end of the editor: what changes, what would have happened, for whom it is to rule, why, and the saving of it. */
export function SaveBox({ state, isRolling }: { readonly state: FormState; readonly isRolling: boolean }) {
  const t = useTranslations('policy')
  const [rehearsed, rehearse, isBusy] = useActionState(rehearsePolicyAction, idle)
  // Not as the form's action: React would put the fields back to what is saved.
  const rehearseDraft = ({ currentTarget: { form } }: MouseEvent<HTMLButtonElement>) => {
    if (form !== null) startTransition(() => rehearse(new FormData(form)))
  }
  return (
    <div className="space-y-5 rounded-12 border-2 border-primary bg-surface p-5 sm:p-7">
      <Button tone="secondary" onClick={rehearseDraft} disabled={isBusy}>
        {t('rehearsal.do')}
      </Button>
      <ActionMessage state={rehearsed} />
      {rehearsed.status === 'done' ? (
        <>
          <h2 className="text-std-18B-160">{t('file.changes')}</h2>
          <DifferenceList differences={rehearsed.result.differences} none={t('unchanged')} />
          <RehearsalResult rehearsal={rehearsed.result.rehearsal} />
        </>
      ) : null}
      {isRolling ? (
        <p className="text-ink-muted">{t('rollout.first')}</p>
      ) : (
        <>
          <ExtentFields state={state} extent={null} withAll />
          <TextField state={state} name="note" label={t('note')} hint={t('noteHint')} maxLength={200} required />
          <SubmitButton>{t('save')}</SubmitButton>
        </>
      )}
    </div>
  )
}
