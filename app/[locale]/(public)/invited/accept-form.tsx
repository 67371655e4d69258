'use client'

import { useTranslations } from 'next-intl'
import { PasswordByLink } from '#components/form/password-by-link.tsx'
import { acceptInvitationAction } from './actions.ts'

export function AcceptForm() {
  const t = useTranslations('invited')
  const words = {
    label: t('password'),
    hint: t('passwordHint'),
    submit: t('submit'),
    done: t('done'),
    signIn: t('signIn'),
  }
  return <PasswordByLink choose={acceptInvitationAction} words={words} doneBody={(login) => t('doneBody', { login })} />
}
