'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { useReloadAfter } from '#lib/swr/use-reload-after.ts'
import { releaseDeliveryAction } from './actions.ts'

type ReleaseFormProps = {
  readonly recipientId: string
  readonly apiPath: string
  /** whose, for those who hear the button and do not see where it is */
  readonly children: ReactNode
}

export function ReleaseForm({ recipientId, apiPath, children }: ReleaseFormProps) {
  const t = useTranslations('queue.recipients.release')
  const [state, action] = useActionState(releaseDeliveryAction, idle)
  useReloadAfter(state, apiPath)
  return (
    <form action={action} className="space-y-3 py-2">
      <ActionMessage state={state} />
      <input type="hidden" name="recipientId" value={recipientId} />
      <SubmitButton tone="secondary">
        {t('submit')}
        {children}
      </SubmitButton>
    </form>
  )
}
