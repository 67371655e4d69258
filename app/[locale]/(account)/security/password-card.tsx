'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { NewPasswordField } from '#components/form/new-password-field.tsx'
import { PasswordField } from '#components/form/password-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Card } from '#components/ui/card.tsx'
import { idle } from '#lib/http/action-state.ts'
import { changePasswordAction } from './actions.ts'

export function PasswordCard({ canChange }: { canChange: boolean }) {
  const t = useTranslations('security.password')
  const [state, action] = useActionState(changePasswordAction, idle)
  return (
    <Card title={t('title')} titleId="password" lead={t('lead')}>
      {state.status === 'done' ? <DoneNotice of={state} title={t('done')} className="mb-5" /> : null}
      {canChange ? (
        <form action={action} className="space-y-5">
          <ActionMessage state={state} />
          <PasswordField
            state={state}
            name="currentPassword"
            label={t('current')}
            autoComplete="current-password"
            maxLength={200}
            required
          />
          <NewPasswordField state={state} label={t('new')} hint={t('newHint')} />
          <SubmitButton tone="secondary">{t('submit')}</SubmitButton>
        </form>
      ) : null}
    </Card>
  )
}
