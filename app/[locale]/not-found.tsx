import { useTranslations } from 'next-intl'
import { MessagePage } from '#components/feedback/message-page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'

export default function NotFound() {
  const t = useTranslations('errors.notFound')
  return (
    <MessagePage title={t('title')} actions={<ButtonLink href="/">{t('toHome')}</ButtonLink>}>
      <p>{t('body')}</p>
    </MessagePage>
  )
}
