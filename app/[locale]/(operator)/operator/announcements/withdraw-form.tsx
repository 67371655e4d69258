'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { idle } from '#lib/http/action-state.ts'
import { withdrawAnnouncementAction } from './actions.ts'

export function WithdrawForm({ id }: { id: string }) {
  const t = useTranslations('announcementEditor.withdraw')
  const [state, action] = useActionState(withdrawAnnouncementAction, idle)
  return (
    <Disclosure summary={t('title')}>
      <form action={action} className="space-y-4 rounded-8 border border-line bg-sunken p-4">
        <ActionMessage state={state} />
        <p>{t('consequence')}</p>
        <input type="hidden" name="id" value={id} />
        <ReasonField state={state} readBy="colleagues" maxLength={300} />
        <SubmitButton>{t('submit')}</SubmitButton>
      </form>
    </Disclosure>
  )
}
