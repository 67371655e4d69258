'use client'

import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { PasswordField } from '#components/form/password-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { exportableForMinutes } from '#lib/account-export/export-lifetime.ts'
import type { MailboxView } from '#lib/accounts/index.ts'
import { idle } from '#lib/http/action-state.ts'
import { allowExportAction } from './actions.ts'
import { Section } from './section.tsx'

export function ExportCard({ mailbox }: { mailbox: MailboxView }) {
  const t = useTranslations('account.export')
  const [state, action] = useActionState(allowExportAction, idle)
  return (
    <Section title={t('title')} lead={t('lead')}>
      {state.status === 'done' ? (
        <Notice tone="success" role="status" title={t('ready')}>
          <p>{t('readyBody', { minutes: exportableForMinutes })}</p>
          <a href={`/api/account-export?exportId=${state.result.exportId}`} download className={buttonClass('primary')}>
            <Download aria-hidden className="size-5" />
            {t('download')}
          </a>
        </Notice>
      ) : (
        <form action={action} className="space-y-4">
          <ActionMessage state={state} />
          <input type="hidden" name="mailboxId" value={mailbox.id} />
          <PasswordField
            state={state}
            name="password"
            label={t('password')}
            hint={t('passwordHint')}
            autoComplete="current-password"
            required
          />
          <SubmitButton tone="secondary">{t('submit')}</SubmitButton>
        </form>
      )}
    </Section>
  )
}
