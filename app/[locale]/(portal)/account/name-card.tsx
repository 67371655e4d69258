'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import type { MailboxView } from '#lib/accounts/index.ts'
import { idle } from '#lib/http/action-state.ts'
import { changeDisplayNameAction } from './actions.ts'
import { Section } from './section.tsx'

export function NameCard({ mailbox }: { mailbox: MailboxView }) {
  const t = useTranslations('account.name')
  const [state, action] = useActionState(changeDisplayNameAction, idle)
  return (
    <Section title={t('title')} lead={t('lead')}>
      <form action={action} className="space-y-4">
        <ActionMessage state={state} />
        <input type="hidden" name="mailboxId" value={mailbox.id} />
        <TextField
          state={state}
          name="displayName"
          label={t('label')}
          defaultValue={mailbox.displayName}
          maxLength={60}
          autoComplete="name"
          required
        />
        <SubmitButton tone="secondary">{t('submit')}</SubmitButton>
        <p role="status" className="text-success">
          {state.status === 'done' ? t('done') : ''}
        </p>
      </form>
    </Section>
  )
}
