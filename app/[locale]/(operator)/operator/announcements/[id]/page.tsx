import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { AnnouncementLetter } from '#components/announcements/announcement-letter.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { countAudience } from '#lib/announcements/audience.ts'
import { findAnnouncement } from '#lib/announcements/list-announcements.ts'
import { listWaves } from '#lib/announcements/list-waves.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { languages } from '#lib/guides/bilingual.ts'
import { AnnouncementForm } from '../announcement-form.tsx'
import { PublishForm } from '../publish-form.tsx'
import { WaveSection } from '../wave-section.tsx'
import { WithdrawForm } from '../withdraw-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('announcementEditor')
  return { title: t('editTitle') }
}

export default async function EditAnnouncementPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const { actor } = await requireSession('announcement.change', `/operator/announcements/${id}`)
  const [t, own, announcement] = await Promise.all([
    getTranslations('announcementEditor'),
    getLocale(),
    findAnnouncement(actor, id),
  ])
  const { state, version, document, withdrawalReason } = announcement
  const [count, waves] = await Promise.all([countAudience(actor, document), listWaves(actor, announcement)])
  return (
    <>
      <PageHeading title={t('editTitle')} lead={`${t(`state.${state}`)} — ${t('version', { version })}`} />
      <Notice title={t('audienceCount', { count })} className="mb-8">
        <p>{t(`audiences.${document.audience}`)}</p>
        {withdrawalReason === null ? null : <p>{withdrawalReason}</p>}
      </Notice>
      <div className="space-y-6">
        {languages.map((language) => (
          <Disclosure
            key={language}
            summary={t('previewOf', { language: t(`language.${language}`) })}
            open={state === 'draft' && language === own}
          >
            <div className="rounded-12 border border-line bg-surface p-5">
              <p className="mb-4 text-std-22B-150">{document[language].title}</p>
              <AnnouncementLetter document={document} language={language} />
            </div>
          </Disclosure>
        ))}
        {state === 'draft' || state === 'scheduled' ? <PublishForm id={id} /> : null}
        {state === 'published' ? <WaveSection announcementId={id} waves={waves} /> : null}
        {state === 'withdrawn' ? null : (
          <>
            <AnnouncementForm
              key={version}
              id={id}
              version={version}
              document={document}
              isPublic={state === 'published'}
            />
            <WithdrawForm id={id} />
          </>
        )}
      </div>
    </>
  )
}
