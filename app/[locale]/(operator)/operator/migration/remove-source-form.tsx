'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { idle } from '#lib/http/action-state.ts'
import { removeSourceAction } from './actions.ts'

export function RemoveSourceForm({ sourceId }: { sourceId: string }) {
  const t = useTranslations('migration.sources')
  const [state, action] = useActionState(removeSourceAction, idle)
  return (
    <Disclosure summary={t('remove')}>
      <form action={action} className="space-y-3">
        <ActionMessage state={state} />
        <p>{t('removeHelp')}</p>
        <input type="hidden" name="sourceId" value={sourceId} />
        <SubmitButton tone="danger">{t('removeSubmit')}</SubmitButton>
      </form>
    </Disclosure>
  )
}
