import type { Metadata } from 'next'
import { getLocale } from 'next-intl/server'
import { CompatibilityTable } from '#components/guides/compatibility-table.tsx'
import { ModernTable } from '#components/guides/modern-table.tsx'
import { NoticeLegend } from '#components/guides/notice-legend.tsx'
import { VerifiedTable } from '#components/guides/verified-table.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { evidenceTexts } from '#lib/evidence/evidence-texts.ts'
import { loadEvidence } from '#lib/evidence/load-evidence.ts'
import { verifiedProgramOf } from '#lib/evidence/verified-runs.ts'
import { compatibilityTexts } from '#lib/guides/compatibility-texts.ts'
import { gapTexts } from '#lib/guides/gap-texts.ts'
import { loadConnectionSettings } from '#lib/guides/load-connection-settings.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: compatibilityTexts[await getLocale()].title }
}

export default async function Compatibility() {
  const [language, settings, evidenceOf] = await Promise.all([getLocale(), loadConnectionSettings(), loadEvidence()])
  const table = {
    settings,
    language,
    evidenceOf: (clientId: string) => ({ ...evidenceOf(clientId), verified: verifiedProgramOf(clientId) }),
  }
  const t = compatibilityTexts[language]
  const tables = [
    { id: 'modern', title: evidenceTexts[language].modernTitle },
    { id: 'Windows', title: t.caption('Windows') },
    { id: 'Macintosh', title: t.caption('Macintosh') },
  ]
  return (
    <>
      <PageHeading title={t.title} lead={t.lead}>
        <nav aria-label={t.contents} className="screen-only mt-2 flex flex-wrap gap-x-6">
          {tables.map(({ id, title }) => (
            <TextLink key={id} standalone href={`#${id}`}>
              {title}
            </TextLink>
          ))}
        </nav>
      </PageHeading>
      <NoticeLegend domain={settings.domain} language={language} />
      <CompatibilityTable platform="Windows" {...table} />
      <CompatibilityTable platform="Macintosh" {...table} />
      <ModernTable {...table} />
      <VerifiedTable language={language} />
      <p className="text-ink-muted">{evidenceTexts[language].confirmed}</p>
      <p className="screen-only">
        <TextLink standalone href="/compatibility/gaps">
          {gapTexts[language].link}
        </TextLink>
      </p>
    </>
  )
}
