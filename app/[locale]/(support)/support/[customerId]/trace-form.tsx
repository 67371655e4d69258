'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import type { FormState } from '#components/form/field-state.ts'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { TraceState } from '#lib/trace-consent/read-trace.ts'
import { askForTraceAction, enterTraceCodeAction } from '../actions.ts'

type Whose = { readonly customerId: string; readonly mailboxId: number }

/** Leads to the record of deliveries once its owner has allowed it; until then, the two ways to be allowed. */
export function TraceForm({ state: consent, ...whose }: Whose & { readonly state: TraceState }) {
  const t = useTranslations('support.page.trace')
  if (consent === 'allowed') {
    return (
      <TextLink standalone href={`/support/${whose.customerId}/trace/${whose.mailboxId}`}>
        {t('show')}
      </TextLink>
    )
  }
  return (
    <div className="space-y-4 rounded-8 border border-line bg-sunken p-4">
      <p>{t('lead')}</p>
      <CodeForm {...whose} />
      <Disclosure summary={t('byPortal')} open={consent === 'asked'}>
        <AskForm {...whose} isAsked={consent === 'asked'} />
      </Disclosure>
    </div>
  )
}

/** The owner is on the telephone, and signed in. */
function CodeForm(whose: Whose) {
  const t = useTranslations('support.page.trace')
  const [state, action] = useActionState(enterTraceCodeAction, idle)
  return (
    <form action={action} className="space-y-4">
      <ActionMessage state={state} />
      <p>{t('codeBody')}</p>
      <TextField
        state={state}
        name="code"
        label={t('code')}
        hint={t('codeHint')}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        required
      />
      <WhoseAndWhy {...whose} state={state} />
      <SubmitButton>{t('enter')}</SubmitButton>
    </form>
  )
}

/** They will answer when they next open the portal. */
function AskForm({ isAsked, ...whose }: Whose & { readonly isAsked: boolean }) {
  const t = useTranslations('support.page.trace')
  const [state, action] = useActionState(askForTraceAction, idle)
  return (
    <form action={action} className="space-y-4">
      <ActionMessage state={state} />
      <p>{t(isAsked ? 'askedBody' : 'askBody')}</p>
      <WhoseAndWhy {...whose} state={state} />
      <SubmitButton tone="secondary">{t(isAsked ? 'askAgain' : 'ask')}</SubmitButton>
    </form>
  )
}

function WhoseAndWhy({ customerId, mailboxId, state }: Whose & { readonly state: FormState }) {
  return (
    <>
      <input type="hidden" name="customerId" value={customerId} />
      <input type="hidden" name="mailboxId" value={mailboxId} />
      <ReasonField state={state} readBy="customer" />
    </>
  )
}
