'use client'

import { useTranslations } from 'next-intl'
import { PasswordByLink } from '#components/form/password-by-link.tsx'
import { setRecoveredPasswordAction } from '../actions.ts'

export function RecoveredPasswordForm() {
  const t = useTranslations('recover.password')
  const words = { label: t('new'), hint: t('newHint'), submit: t('submit'), done: t('done'), signIn: t('signIn') }
  return <PasswordByLink choose={setRecoveredPasswordAction} words={words} doneBody={() => t('doneBody')} />
}
