'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { HashTokenField } from '#components/form/hash-token-field.tsx'
import { NewPasswordField } from '#components/form/new-password-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { idle } from '#lib/http/action-state.ts'
import { acceptInvitationAction } from './actions.ts'

export function AcceptForm() {
  const t = useTranslations('invited')
  const [state, action] = useActionState(acceptInvitationAction, idle)
  if (state.status === 'done') {
    return (
      <Notice tone="success" role="status" title={t('done')}>
        <p>{t('doneBody', { login: state.result })}</p>
        <ButtonLink href="/sign-in">{t('signIn')}</ButtonLink>
      </Notice>
    )
  }
  return (
    <form action={action} className="space-y-5">
      <ActionMessage state={state} />
      <HashTokenField />
      <NewPasswordField state={state} label={t('password')} hint={t('passwordHint')} />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}
