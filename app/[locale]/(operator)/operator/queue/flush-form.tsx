'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { useReloadAfter } from '#lib/swr/use-reload-after.ts'
import { flushDomainAction } from './actions.ts'

export function FlushForm({ domain, apiPath }: { domain: string; apiPath: string }) {
  const t = useTranslations('queue.domains')
  const [state, action] = useActionState(flushDomainAction, idle)
  useReloadAfter(state, apiPath)
  return (
    <form action={action} className="space-y-1">
      <ActionMessage state={state} />
      <input type="hidden" name="domain" value={domain} />
      <SubmitButton tone="secondary" className="whitespace-nowrap">
        {t('flush')}
        <span className="sr-only">{t('flushOf', { domain })}</span>
      </SubmitButton>
      <p role="status" className="text-success">
        {state.status === 'done' ? t('flushed', { count: state.result }) : ''}
      </p>
    </form>
  )
}
