import { useLocale, useTranslations } from 'next-intl'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { PublicAnnouncement } from '#lib/announcements/public-announcements.ts'
import { acknowledgeAnnouncementAction } from './actions.ts'

/** What concerns the reader and they have not yet put away. Works without JavaScript. */
export function AnnouncementCards({ announcements }: { announcements: readonly PublicAnnouncement[] }) {
  const t = useTranslations('announcements')
  const language = useLocale()
  if (announcements.length === 0) return null
  return (
    <section aria-labelledby="announcements" className="mt-8">
      <h2 id="announcements" className="mb-3 text-std-18B-160">
        {t('home.title')}
      </h2>
      <ul className="space-y-4">
        {announcements.map(({ id, version, document }) => (
          <li key={id} className="rounded-12 border border-line bg-surface p-5">
            <Tag>{t(`kind.${document.kind}`)}</Tag>
            <p className="mt-2 text-std-18B-160">{document[language].title}</p>
            <div className="mt-2 flex flex-wrap items-center gap-x-6 gap-y-2">
              <TextLink standalone href={`/announcements/${id}`}>
                {t('home.read')}
                <span className="sr-only">{document[language].title}</span>
              </TextLink>
              <form action={acknowledgeAnnouncementAction}>
                <input type="hidden" name="id" value={id} />
                <input type="hidden" name="version" value={version} />
                <SubmitButton tone="secondary">
                  {t('home.acknowledge')}
                  <span className="sr-only">{document[language].title}</span>
                </SubmitButton>
              </form>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
