'use client'

import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { IdentityFields } from '#components/form/identity-fields.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { exportableForMinutes } from '#lib/account-export/export-lifetime.ts'
import type { MailboxView } from '#lib/accounts/index.ts'
import { idle } from '#lib/http/action-state.ts'
import { allowExportAction } from './actions.ts'
import { Section } from './section.tsx'

export function ExportCard({ mailbox, asksForCode }: { mailbox: MailboxView; asksForCode: boolean }) {
  const t = useTranslations('account.export')
  const [state, action] = useActionState(allowExportAction, idle)
  return (
    <Section title={t('title')} lead={t('lead')}>
      {state.status === 'done' ? (
        <DoneNotice of={state} title={t('ready')}>
          <p>{t('readyBody', { minutes: exportableForMinutes })}</p>
          <a href={`/api/account-export?exportId=${state.result.exportId}`} download className={buttonClass('primary')}>
            <Download aria-hidden className="size-5" />
            {t('download')}
          </a>
        </DoneNotice>
      ) : (
        <form action={action} className="space-y-4">
          <ActionMessage state={state} />
          <input type="hidden" name="mailboxId" value={mailbox.id} />
          <IdentityFields state={state} asksForCode={asksForCode} />
          <SubmitButton tone="secondary">{t('submit')}</SubmitButton>
        </form>
      )}
    </Section>
  )
}
