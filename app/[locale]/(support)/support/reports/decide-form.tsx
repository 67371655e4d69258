'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { decideClientReportAction } from './actions.ts'

export function DecideForm({ reportId }: { reportId: string }) {
  const t = useTranslations('reports')
  const [state, action] = useActionState(decideClientReportAction, idle)
  return (
    <form action={action} className="mt-4 space-y-4">
      <ActionMessage state={state} />
      <input type="hidden" name="reportId" value={reportId} />
      <p className="flex flex-wrap gap-3">
        <SubmitButton name="verdict" value="confirmed">
          {t('confirm')}
        </SubmitButton>
        <SubmitButton name="verdict" value="setAside" tone="secondary">
          {t('setAside')}
        </SubmitButton>
      </p>
    </form>
  )
}
