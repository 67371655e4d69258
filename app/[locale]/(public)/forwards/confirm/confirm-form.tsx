'use client'

import { useTranslations } from 'next-intl'
import { useActionState, useEffect, useRef } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { confirmForwardAction } from './actions.ts'

/** The token comes behind "#": it reaches no log and no other page. */
export function ConfirmForm() {
  const t = useTranslations('forwards')
  const [state, confirm, isPending] = useActionState(confirmForwardAction, { status: 'idle' })
  const token = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (token.current) token.current.value = window.location.hash.slice(1)
  }, [])
  if (state.status === 'done') {
    return <Notice tone="success" role="status" title={t('done', { address: state.result.address })} />
  }
  return (
    <form action={confirm} className="space-y-5">
      <ActionMessage state={state} />
      <input ref={token} type="hidden" name="token" />
      <Button type="submit" disabled={isPending}>
        {t('receive')}
      </Button>
    </form>
  )
}
