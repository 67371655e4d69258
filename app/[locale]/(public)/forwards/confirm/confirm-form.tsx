'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { LinkForm } from '#components/form/link-form.tsx'
import { Button } from '#components/ui/button.tsx'
import { confirmForwardAction } from './actions.ts'

export function ConfirmForm() {
  const t = useTranslations('forwards')
  const [state, confirm, isPending] = useActionState(confirmForwardAction, { status: 'idle' })
  if (state.status === 'done') {
    return <DoneNotice of={state} title={t('done', { address: state.result.address })} />
  }
  return (
    <LinkForm action={confirm} state={state}>
      <Button type="submit" disabled={isPending}>
        {t('receive')}
      </Button>
    </LinkForm>
  )
}
