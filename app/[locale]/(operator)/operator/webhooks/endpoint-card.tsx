'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { EndpointView } from '#lib/webhooks/manage-endpoints.ts'
import { removeEndpointAction } from './actions.ts'

export function EndpointCard({ endpoint }: { readonly endpoint: EndpointView }) {
  const t = useTranslations('webhooks')
  const [state, action] = useActionState(removeEndpointAction, idle)
  const { id, url, description, types } = endpoint
  return (
    <li className="rounded-12 border border-line bg-surface p-5">
      <h3 className="text-std-18B-160 break-words">{description}</h3>
      <p className="typed break-all">{url}</p>
      <p className="text-ink-muted">{types.map((type) => t(`type.${type}`)).join(' ・ ')}</p>
      <form action={action} className="mt-3">
        <ActionMessage state={state} />
        <input type="hidden" name="endpointId" value={id} />
        <SubmitButton tone="secondary">{t('remove')}</SubmitButton>
      </form>
    </li>
  )
}
