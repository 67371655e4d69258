import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { AnnouncementLetter } from '#components/announcements/announcement-letter.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { findPublicAnnouncement } from '#lib/announcements/public-announcements.ts'

type PageProps = { readonly params: Promise<{ id: string }> }

async function load({ params }: PageProps) {
  return (await findPublicAnnouncement((await params).id)) ?? notFound()
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const [{ document }, language] = await Promise.all([load(props), getLocale()])
  return { title: document[language].title }
}

export default async function AnnouncementPage(props: PageProps) {
  const [announcement, t, language, format] = await Promise.all([
    load(props),
    getTranslations('announcements'),
    getLocale(),
    getFormatter(),
  ])
  const { document, publishAt, state, withdrawalReason, amendments } = announcement
  const at = (moment: Date) => format.dateTime(moment, { dateStyle: 'long', timeStyle: 'short' })
  return (
    <article>
      <PageHeading
        title={document[language].title}
        lead={`${t(`kind.${document.kind}`)} — ${t('published', { at: at(publishAt) })}`}
      />
      {state === 'withdrawn' ? (
        <Notice tone="warning" title={t('withdrawn')} className="mb-8">
          <p>{t('withdrawnReason', { reason: withdrawalReason ?? '' })}</p>
        </Notice>
      ) : null}
      <AnnouncementLetter document={document} language={language} />
      {amendments.length === 0 ? null : (
        <section aria-labelledby="amendments" className="mt-10">
          <h2 id="amendments" className="mb-2 text-std-20B-160">
            {t('amendments')}
          </h2>
          <dl className="space-y-3">
            {amendments.map(({ version, at: moment, note }) => (
              <div key={version}>
                <dt className="text-ink-muted">{t('amended', { at: at(moment), version })}</dt>
                <dd>{note}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <p className="screen-only mt-10">
        <TextLink standalone href="/announcements">
          {t('all')}
        </TextLink>
      </p>
    </article>
  )
}
