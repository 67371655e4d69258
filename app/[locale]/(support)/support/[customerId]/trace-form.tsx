'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { TraceState } from '#lib/trace-consent/read-trace.ts'
import { askForTraceAction } from '../actions.ts'

type TraceFormProps = { readonly customerId: string; readonly mailboxId: number; readonly state: TraceState }

/** Asks the owner for the record of deliveries, or leads to it once they have allowed it. */
export function TraceForm({ customerId, mailboxId, state: consent }: TraceFormProps) {
  const t = useTranslations('support.page.trace')
  const [state, action] = useActionState(askForTraceAction, idle)
  if (consent === 'allowed') {
    return (
      <TextLink standalone href={`/support/${customerId}/trace/${mailboxId}`}>
        {t('show')}
      </TextLink>
    )
  }
  return (
    <form action={action} className="space-y-4 rounded-8 border border-line bg-sunken p-4">
      <ActionMessage state={state} />
      <p>{t(consent === 'asked' ? 'askedBody' : 'askBody')}</p>
      <input type="hidden" name="customerId" value={customerId} />
      <input type="hidden" name="mailboxId" value={mailboxId} />
      <TextField state={state} name="reason" label={t('reason')} hint={t('reasonHint')} maxLength={200} required />
      <SubmitButton tone="secondary">{t(consent === 'asked' ? 'askAgain' : 'ask')}</SubmitButton>
    </form>
  )
}
