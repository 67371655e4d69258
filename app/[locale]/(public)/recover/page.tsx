import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { siteEnv } from '#lib/env/site.ts'
import { localised } from '#lib/i18n/localised.ts'
import { RecoverForm } from './recover-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('recover')
  return { title: t('title') }
}

export default async function RecoverPage() {
  const { domain, supportContact } = siteEnv()
  const [t, contact] = await Promise.all([getTranslations('recover'), localised(supportContact)])
  return (
    <div className="mx-auto max-w-[34rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      <Card>
        <RecoverForm example={`taro@${domain}`} />
      </Card>
      <Notice title={t('neither')} className="mt-6">
        <p>{t('neitherBody', { contact })}</p>
      </Notice>
    </div>
  )
}
