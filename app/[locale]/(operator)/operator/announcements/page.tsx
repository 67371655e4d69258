import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { ButtonLink } from '#components/ui/button.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { AnnouncementState } from '#lib/announcements/announcement-state.ts'
import { listAnnouncements } from '#lib/announcements/list-announcements.ts'
import { requireSession } from '#lib/auth/require-session.ts'

const toneOf: Readonly<Record<AnnouncementState, BadgeTone>> = {
  draft: 'off',
  scheduled: 'waiting',
  published: 'good',
  withdrawn: 'bad',
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('announcementEditor')
  return { title: t('title') }
}

export default async function OperatorAnnouncementsPage() {
  const { actor } = await requireSession('announcement.read', '/operator/announcements')
  const [t, language, announcements] = await Promise.all([
    getTranslations('announcementEditor'),
    getLocale(),
    listAnnouncements(actor),
  ])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <p className="mt-5">
          <ButtonLink href="/operator/announcements/new">{t('create')}</ButtonLink>
        </p>
      </PageHeading>
      {announcements.length === 0 ? <p>{t('empty')}</p> : null}
      <ul className="divide-y divide-line">
        {announcements.map(({ id, state, version, document }) => (
          <li key={id} className="py-4">
            <p className="flex flex-wrap items-center gap-3">
              <StatusBadge tone={toneOf[state]}>{t(`state.${state}`)}</StatusBadge>
              <span className="text-ink-muted">{t('version', { version })}</span>
            </p>
            <TextLink standalone href={`/operator/announcements/${id}`} className="text-std-18B-160">
              {document[language].title}
            </TextLink>
          </li>
        ))}
      </ul>
    </>
  )
}
