import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { AnnouncementForm } from '../announcement-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('announcementEditor')
  return { title: t('newTitle') }
}

export default async function NewAnnouncementPage() {
  await requireSession('announcement.change', '/operator/announcements/new')
  const t = await getTranslations('announcementEditor')
  return (
    <>
      <PageHeading title={t('newTitle')} lead={t('lead')} />
      <AnnouncementForm id={null} version={0} document={null} isPublic={false} />
    </>
  )
}
