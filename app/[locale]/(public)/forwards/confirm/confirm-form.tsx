'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { HashTokenField } from '#components/form/hash-token-field.tsx'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { confirmForwardAction } from './actions.ts'

export function ConfirmForm() {
  const t = useTranslations('forwards')
  const [state, confirm, isPending] = useActionState(confirmForwardAction, { status: 'idle' })
  if (state.status === 'done') {
    return <Notice tone="success" role="status" title={t('done', { address: state.result.address })} />
  }
  return (
    <form action={confirm} className="space-y-5">
      <ActionMessage state={state} />
      <HashTokenField />
      <Button type="submit" disabled={isPending}>
        {t('receive')}
      </Button>
    </form>
  )
}
