'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useLocationHash } from '#components/layout/use-location-hash.ts'
import { Notice } from '#components/ui/notice.tsx'
import { ActionMessage } from './action-message.tsx'
import type { FormState } from './field-state.ts'

type LinkFormProps = {
  readonly action: (form: FormData) => void
  readonly state: FormState
  readonly children: ReactNode
}

/**
 * The form that a letter's link leads to. Its token stands behind "#": it reaches no log and no other page. A mail
 * program may have cut a long link, which is said before anything is filled in.
 */
export function LinkForm({ action, state, children }: LinkFormProps) {
  const t = useTranslations('forms.link')
  const token = useLocationHash()
  if (token === '') {
    return (
      <Notice tone="danger" role="alert" title={t('cut')}>
        <p>{t('whole')}</p>
      </Notice>
    )
  }
  return (
    <form action={action} className="space-y-5">
      <noscript>
        <Notice tone="warning" title={t('unscripted')} />
      </noscript>
      <ActionMessage state={state} />
      <input type="hidden" name="token" value={token ?? ''} />
      {children}
    </form>
  )
}
