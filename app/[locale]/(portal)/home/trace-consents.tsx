'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { TraceConsentView } from '#lib/trace-consent/list-trace-consents.ts'
import { answerTraceAction } from './actions.ts'

/** Agents who want to see with whom the reader corresponds, and those who may at present. */
export function TraceConsents({ consents }: { consents: readonly TraceConsentView[] }) {
  return consents.map((consent) => <TraceConsent key={consent.id} consent={consent} />)
}

function TraceConsent({ consent }: { consent: TraceConsentView }) {
  const t = useTranslations('home.trace')
  const format = useFormatter()
  const [state, action] = useActionState(answerTraceAction, idle)
  const { id, address, agent, reason, isGranted, expiresAt } = consent
  const time = format.dateTime(expiresAt, { timeStyle: 'short' })
  return (
    <Notice tone="info" title={t(isGranted ? 'allowed' : 'asked', { agent, time })} className="mb-6 break-words">
      <p>{t(isGranted ? 'allowedBody' : 'askedBody', { address, reason })}</p>
      <form action={action} className="flex flex-wrap gap-3">
        <input type="hidden" name="consentId" value={id} />
        {isGranted ? null : (
          <SubmitButton name="answer" value="allow">
            {t('allow')}
          </SubmitButton>
        )}
        <SubmitButton tone="secondary" name="answer" value="refuse">
          {t(isGranted ? 'withdraw' : 'refuse')}
        </SubmitButton>
      </form>
      <ActionMessage state={state} />
    </Notice>
  )
}
