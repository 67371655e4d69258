'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Notice } from '#components/ui/notice.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { FormState } from './field-state.ts'

/** Why the form was refused; takes the focus, so that nobody misses it. */
export function ActionMessage({ state }: { state: FormState }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state.status === 'refused') place.current?.focus()
  }, [state])
  if (state.status !== 'refused') return null
  return (
    <div ref={place} tabIndex={-1} className="rounded-8">
      <Notice tone="danger" role="alert" title={state.message}>
        {state.code === 'not_signed_in' ? <SignInBeside /> : null}
      </Notice>
    </div>
  )
}

/** In a tab of its own: what was entered stays where it is. */
function SignInBeside() {
  const t = useTranslations('forms.signedOut')
  return (
    <>
      <p>{t('body')}</p>
      <TextLink standalone href="/sign-in" target="_blank">
        {t('open')}
      </TextLink>
    </>
  )
}
