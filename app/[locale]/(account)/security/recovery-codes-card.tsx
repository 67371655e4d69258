'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Card } from '#components/ui/card.tsx'
import { idle } from '#lib/http/action-state.ts'
import { issueRecoveryCodesAction } from './second-step-actions.ts'

export function RecoveryCodesCard({ left, canChange }: { left: number; canChange: boolean }) {
  const t = useTranslations('security.recoveryCodes')
  const [state, action] = useActionState(issueRecoveryCodesAction, idle)
  return (
    <Card title={t('title')} titleId="recovery-codes" lead={t('lead')}>
      <p className="mb-4">{t('left', { count: left })}</p>
      {state.status === 'done' ? (
        <DoneNotice of={state} title={t('issued')} className="mb-5">
          <ol className="space-y-1">
            {state.result.map((code) => (
              <li key={code} className="typed break-words" translate="no">
                {code}
              </li>
            ))}
          </ol>
          <p>{t('once')}</p>
        </DoneNotice>
      ) : null}
      {canChange ? (
        <form action={action} className="space-y-4">
          <ActionMessage state={state} />
          <SubmitButton tone="secondary">{left === 0 ? t('issue') : t('renew')}</SubmitButton>
        </form>
      ) : null}
    </Card>
  )
}
