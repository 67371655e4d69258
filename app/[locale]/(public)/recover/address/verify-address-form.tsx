'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { HashTokenField } from '#components/form/hash-token-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { idle } from '#lib/http/action-state.ts'
import { verifyRecoveryAddressAction } from '../actions.ts'

export function VerifyAddressForm() {
  const t = useTranslations('recover.address')
  const [state, action] = useActionState(verifyRecoveryAddressAction, idle)
  if (state.status === 'done') {
    return (
      <Notice tone="success" role="status" title={t('done')}>
        <p>{t('doneBody')}</p>
      </Notice>
    )
  }
  return (
    <form action={action} className="space-y-5">
      <ActionMessage state={state} />
      <HashTokenField />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}
