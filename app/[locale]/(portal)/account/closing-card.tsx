'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { MailboxView } from '#lib/accounts/index.ts'
import { idle } from '#lib/http/action-state.ts'
import { cancelClosingAction } from './actions.ts'
import { ClosingForm } from './closing-form.tsx'
import { Section } from './section.tsx'

type ClosingCardProps = { readonly mailbox: MailboxView; readonly waitDays: number; readonly asksForCode: boolean }

/** Deletion of a mailbox: to be asked for, or waiting and to be called off. */
export function ClosingCard({ mailbox, waitDays, asksForCode }: ClosingCardProps) {
  const t = useTranslations('account.close')
  const format = useFormatter()
  const [state, cancel] = useActionState(cancelClosingAction, idle)
  const { id, address, closesAt } = mailbox
  if (closesAt !== null) {
    const time = format.dateTime(closesAt, { dateStyle: 'long', timeStyle: 'short' })
    return (
      <Notice tone="warning" title={t('pending', { time })}>
        <p className="break-words">{t('pendingBody', { address })}</p>
        <form action={cancel} className="space-y-3">
          <ActionMessage state={state} />
          <input type="hidden" name="mailboxId" value={id} />
          <SubmitButton>{t('cancel')}</SubmitButton>
        </form>
      </Notice>
    )
  }
  return (
    <Section title={t('title')} lead={t('lead', { address, days: waitDays })}>
      <p role="status" className="text-success">
        {state.status === 'done' ? t('cancelled') : ''}
      </p>
      <Disclosure summary={t('open')}>
        <ClosingForm mailboxId={id} asksForCode={asksForCode} />
      </Disclosure>
    </Section>
  )
}
