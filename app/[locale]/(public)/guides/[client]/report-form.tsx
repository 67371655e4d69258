'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Card } from '#components/ui/card.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { SendingMethod } from '#lib/guides/warnings.ts'
import { idle } from '#lib/http/action-state.ts'
import { reportClientAction } from './actions.ts'

type ReportFormProps = { readonly mailboxId: number; readonly clientId: string; readonly method: SendingMethod }

/** 「動作した」「動作しない」: a subscriber's word, which an agent looks at (※5). */
export function ReportForm({ mailboxId, clientId, method }: ReportFormProps) {
  const t = useTranslations('clientReport')
  const [state, action] = useActionState(reportClientAction, idle)
  return (
    <Card title={t('title')} titleId="report" lead={t('lead')} className="screen-only mb-10">
      {state.status === 'done' ? (
        <DoneNotice of={state} title={t('thanks')} />
      ) : (
        <form action={action} className="space-y-4">
          <ActionMessage state={state} />
          <input type="hidden" name="mailboxId" value={mailboxId} />
          <input type="hidden" name="clientId" value={clientId} />
          <input type="hidden" name="method" value={method} />
          <p className="flex flex-wrap gap-3">
            <SubmitButton name="outcome" value="works">
              {t('works')}
            </SubmitButton>
            <SubmitButton name="outcome" value="fails" tone="secondary">
              {t('fails')}
            </SubmitButton>
          </p>
        </form>
      )}
      <p className="mt-2">
        <TextLink standalone href="/doctor">
          {t('doctor')}
        </TextLink>
      </p>
    </Card>
  )
}
