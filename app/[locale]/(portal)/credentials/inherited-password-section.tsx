'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { InheritedReader } from '#lib/inherited-passwords/own-password.ts'
import { endInheritedReadingAction } from './actions.ts'

/** The password of the old system still reads: until when, and how to end it at once. */
export function InheritedPasswordSection({ mailboxId, until }: InheritedReader) {
  const t = useTranslations('credentials.inherited')
  const format = useFormatter()
  const [state, action] = useActionState(endInheritedReadingAction, idle)
  const day = format.dateTime(new Date(until), { dateStyle: 'long', timeZone: 'Asia/Tokyo' })
  return (
    <Notice title={t('title')} className="mt-5">
      <p>{t('body', { day })}</p>
      <Disclosure summary={t('open')}>
        <form action={action} className="space-y-4">
          <ActionMessage state={state} />
          <p>{t('consequence')}</p>
          <input type="hidden" name="mailboxId" value={mailboxId} />
          <SubmitButton tone="danger">{t('submit')}</SubmitButton>
        </form>
      </Disclosure>
    </Notice>
  )
}
