'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { MessagePage } from '#components/feedback/message-page.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'

export default function UnexpectedError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('errors.unexpected')
  const [isOffline] = useState(() => typeof navigator !== 'undefined' && !navigator.onLine)
  const actions = (
    <>
      <Button onClick={reset}>{t('retry')}</Button>
      <ButtonLink href="/" tone="secondary">
        {t('toHome')}
      </ButtonLink>
    </>
  )
  return (
    <MessagePage
      title={t(isOffline ? 'offline.title' : 'title')}
      actions={actions}
      code={error.digest && t('code', { code: error.digest })}
    >
      <p>{t(isOffline ? 'offline.body' : 'body')}</p>
    </MessagePage>
  )
}
