import type { Metadata } from 'next'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { TextLink, textLinkClass } from '#components/ui/text-link.tsx'
import { listPublicAnnouncements } from '#lib/announcements/public-announcements.ts'

export async function generateMetadata(): Promise<Metadata> {
  const [t, language] = await Promise.all([getTranslations('announcements'), getLocale()])
  return {
    title: t('title'),
    alternates: { types: { 'application/atom+xml': `/api/announcements/${language}/feed.xml` } },
  }
}

export default async function AnnouncementsPage() {
  const [t, language, format, announcements] = await Promise.all([
    getTranslations('announcements'),
    getLocale(),
    getFormatter(),
    listPublicAnnouncements(),
  ])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      {announcements.length === 0 ? <p>{t('none')}</p> : null}
      <ul className="divide-y divide-line">
        {announcements.map(({ id, document, publishAt }) => (
          <li key={id} className="py-4">
            <p className="flex flex-wrap items-center gap-3">
              <Tag>{t(`kind.${document.kind}`)}</Tag>
              <span className="text-ink-muted">
                {t('published', { at: format.dateTime(publishAt, { dateStyle: 'long' }) })}
              </span>
            </p>
            <TextLink standalone href={`/announcements/${id}`} className="text-std-18B-160">
              {document[language].title}
            </TextLink>
          </li>
        ))}
      </ul>
      <p className="screen-only mt-6 flex flex-wrap gap-x-6">
        <a
          className={`${textLinkClass} inline-flex min-h-11 items-center`}
          href={`/api/announcements/${language}/feed.xml`}
        >
          {t('feed')}
        </a>
        <a
          className={`${textLinkClass} inline-flex min-h-11 items-center`}
          href={`/api/announcements/${language}/calendar.ics`}
        >
          {t('calendar')}
        </a>
      </p>
    </>
  )
}
