'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { activateKeysAction } from './actions.ts'

/** The override is only there where DNS does not show the keys. */
export function ActivateForm({ domain, isPublished }: { domain: string; isPublished: boolean }) {
  const t = useTranslations('dkim')
  const [state, action] = useActionState(activateKeysAction, idle)
  return (
    <form action={action} className="space-y-3">
      <ActionMessage state={state} />
      <input type="hidden" name="domain" value={domain} />
      {isPublished ? null : (
        <>
          <p>{t('publishFirst')}</p>
          <label className="flex min-h-11 cursor-pointer items-center gap-3">
            <input type="checkbox" name="isUnpublishedAllowed" className="size-6 shrink-0 accent-primary" />
            {t('override')}
          </label>
        </>
      )}
      <SubmitButton>
        {t('activate')}
        <span className="sr-only">{t('of', { domain })}</span>
      </SubmitButton>
    </form>
  )
}
