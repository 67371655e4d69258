'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { createNextKeysAction } from './actions.ts'

export function CreateForm({ domain }: { domain: string }) {
  const t = useTranslations('dkim')
  const [state, action] = useActionState(createNextKeysAction, idle)
  return (
    <form action={action} className="space-y-3">
      <ActionMessage state={state} />
      <input type="hidden" name="domain" value={domain} />
      <SubmitButton tone="secondary">
        {t('create')}
        <span className="sr-only">{t('of', { domain })}</span>
      </SubmitButton>
    </form>
  )
}
