'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { idle } from '#lib/http/action-state.ts'
import { cancelOwnMigrationAction } from './actions.ts'

export function CancelForm({ mailboxId }: { mailboxId: number }) {
  const t = useTranslations('migration.own.cancel')
  const [state, action] = useActionState(cancelOwnMigrationAction, idle)
  return (
    <Disclosure summary={t('open')}>
      <form action={action} className="space-y-4 rounded-8 border border-line bg-sunken p-4">
        <ActionMessage state={state} />
        <input type="hidden" name="mailboxId" value={mailboxId} />
        <p>{t('consequence')}</p>
        <SubmitButton tone="danger">{t('submit')}</SubmitButton>
      </form>
    </Disclosure>
  )
}
