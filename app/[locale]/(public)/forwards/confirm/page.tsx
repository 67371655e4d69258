import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { ClientMessages } from '../../../client-messages.tsx'
import { ConfirmForm } from './confirm-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('forwards')
  return { title: t('title') }
}

export default async function ConfirmForwardPage() {
  const t = await getTranslations('forwards')
  return (
    <ClientMessages of={['forwards']}>
      <PageHeading title={t('title')} lead={t('body')} />
      <ConfirmForm />
    </ClientMessages>
  )
}
