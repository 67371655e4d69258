import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { MessagePage } from '#components/feedback/message-page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('errors.notFound')
  return { title: t('title') }
}

export default function NotFound() {
  const t = useTranslations('errors.notFound')
  return (
    <MessagePage title={t('title')} actions={<ButtonLink href="/">{t('toHome')}</ButtonLink>}>
      <p>{t('body')}</p>
    </MessagePage>
  )
}
