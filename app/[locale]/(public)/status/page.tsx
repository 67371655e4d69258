import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { currentStatus } from '#lib/maintenance/read-status.ts'
import { ClientMessages } from '../../client-messages.tsx'
import { StatusBoard } from './status-board.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('status')
  return { title: t('title') }
}

export default async function StatusPage() {
  const [t, status] = await Promise.all([getTranslations('status'), currentStatus()])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <ClientMessages of={['status', 'services']}>
        <StatusBoard initial={status} />
      </ClientMessages>
    </>
  )
}
