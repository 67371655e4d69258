'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { useReloadAfter } from '#lib/swr/use-reload-after.ts'
import { cancelDeliveryAction, holdDeliveryAction } from './actions.ts'

const actions = { hold: holdDeliveryAction, cancel: cancelDeliveryAction }
const boxes = { hold: 'border-line bg-sunken', cancel: 'border-danger-line bg-danger-soft' }

type ReasonFormProps = {
  readonly verb: 'hold' | 'cancel'
  readonly recipientId: string
  readonly apiPath: string
}

export function ReasonForm({ verb, recipientId, apiPath }: ReasonFormProps) {
  const t = useTranslations('queue.recipients')
  const [state, action] = useActionState(actions[verb], idle)
  useReloadAfter(state, apiPath)
  return (
    <form action={action} className={`mb-3 space-y-4 rounded-8 border p-4 ${boxes[verb]}`}>
      <ActionMessage state={state} />
      <p>{t(`${verb}.consequence`)}</p>
      <input type="hidden" name="recipientId" value={recipientId} />
      <ReasonField state={state} readBy="colleagues" />
      <SubmitButton tone={verb === 'cancel' ? 'danger' : 'primary'}>{t(`${verb}.submit`)}</SubmitButton>
    </form>
  )
}
