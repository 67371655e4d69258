import type { Metadata } from 'next'
import { getLocale } from 'next-intl/server'
import { CompatibilityTable } from '#components/guides/compatibility-table.tsx'
import { NoticeLegend } from '#components/guides/notice-legend.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { compatibilityTexts } from '#lib/guides/compatibility-texts.ts'
import { loadConnectionSettings } from '#lib/guides/load-connection-settings.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: compatibilityTexts[await getLocale()].title }
}

export default async function Compatibility() {
  const [language, settings] = await Promise.all([getLocale(), loadConnectionSettings()])
  const t = compatibilityTexts[language]
  return (
    <>
      <PageHeading title={t.title} lead={t.lead} />
      <NoticeLegend domain={settings.domain} language={language} />
      <CompatibilityTable platform="Windows" settings={settings} language={language} />
      <CompatibilityTable platform="Macintosh" settings={settings} language={language} />
      <section aria-labelledby="modern">
        <h2 id="modern" className="mb-2 text-std-24B-150">
          {t.modernTitle}
        </h2>
        <p>{t.modernBody}</p>
        <p className="screen-only">
          <TextLink standalone href="/guides?era=modern">
            {t.modernLink}
          </TextLink>
        </p>
      </section>
    </>
  )
}
