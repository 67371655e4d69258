'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { NewPasswordField } from '#components/form/new-password-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { idle } from '#lib/http/action-state.ts'
import { setPortalPasswordAction } from './actions.ts'
import { CodeFields } from './code-fields.tsx'

export function PortalPasswordForm({ example }: { example: string }) {
  const t = useTranslations('setup')
  const [state, action] = useActionState(setPortalPasswordAction, idle)
  if (state.status === 'done') {
    return (
      <DoneNotice of={state} title={t('portal.done')}>
        <p className="mb-3">{t('portal.doneBody')}</p>
        <ButtonLink href="/sign-in">{t('portal.signIn')}</ButtonLink>
      </DoneNotice>
    )
  }
  return (
    <Card>
      <form action={action} className="space-y-5">
        <ActionMessage state={state} />
        <p>{t('portal.body')}</p>
        <CodeFields state={state} example={example} />
        <NewPasswordField state={state} label={t('portal.newPassword')} hint={t('portal.newPasswordHint')} />
        <SubmitButton>{t('portal.submit')}</SubmitButton>
      </form>
    </Card>
  )
}
