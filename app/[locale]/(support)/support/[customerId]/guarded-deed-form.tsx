'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ApprovalNotice } from '#components/feedback/approval-notice.tsx'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { shutOutDeeds } from '#lib/support/shut-out-deeds.ts'
import { removeSecondStepAction, shutOutAction } from '../actions.ts'

const actions = { shutOut: shutOutAction, secondStep: removeSecondStepAction } as const

type GuardedDeedFormProps = {
  readonly customerId: string
  readonly mailboxId: number
  /** `shutOut`: somebody else may hold the passwords. `secondStep`: the customer has lost everything but theirs. */
  readonly deed: keyof typeof actions
}

/** What cannot be undone and may take a second person. */
export function GuardedDeedForm({ customerId, mailboxId, deed }: GuardedDeedFormProps) {
  const t = useTranslations(`support.page.${deed}`)
  const choices = useTranslations('support.page.shutOut')
  const proof = useTranslations('support.page.secondStep')
  const [state, action] = useActionState(actions[deed], idle)
  const isDone = state.status === 'done' && state.result === 'done'
  return (
    <form action={action} className="space-y-4 rounded-8 border border-danger-line bg-danger-soft p-4">
      <ActionMessage state={state} />
      {isDone ? <DoneNotice of={state} title={t('done')} /> : null}
      {state.status === 'done' ? <ApprovalNotice outcome={state.result} /> : null}
      <p>{t('consequence')}</p>
      <input type="hidden" name="customerId" value={customerId} />
      <input type="hidden" name="mailboxId" value={mailboxId} />
      {deed === 'shutOut' ? (
        <SelectField
          state={state}
          name="deed"
          label={choices('deed')}
          options={shutOutDeeds.map((value) => ({ value, label: choices(value) }))}
        />
      ) : null}
      <ReasonField state={state} readBy="customer" hint={deed === 'secondStep' ? proof('reasonHint') : undefined} />
      <SubmitButton tone="danger">{t('submit')}</SubmitButton>
    </form>
  )
}
