import { SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { CommonValues } from '#components/guides/common-values.tsx'
import { GuideFilter } from '#components/guides/guide-filter.tsx'
import { GuideList } from '#components/guides/guide-list.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { eras, platforms } from '#lib/guides/client.ts'
import { guideTexts } from '#lib/guides/guide-texts.ts'
import { loadConnectionSettings } from '#lib/guides/load-connection-settings.ts'
import { sendingMethods } from '#lib/guides/methods.ts'
import { closestClients, searchClients } from '#lib/guides/search-clients.ts'
import { getPathname } from '#lib/i18n/navigation.ts'

const MAX_NAME_LENGTH = 100

/** What cannot be read is not asked for: an odd address shows the whole list rather than an error. */
const querySchema = z.object({
  name: z.string().trim().min(1).max(MAX_NAME_LENGTH).optional().catch(undefined),
  platform: z.enum(platforms).optional().catch(undefined),
  era: z.enum(eras).optional().catch(undefined),
  method: z.enum(sendingMethods).optional().catch(undefined),
})

type IndexProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: guideTexts[await getLocale()].indexTitle }
}

export default async function GuideIndex({ searchParams }: IndexProps) {
  const [language, given, settings] = await Promise.all([getLocale(), searchParams, loadConnectionSettings()])
  const query = querySchema.parse(given)
  const t = guideTexts[language]
  const found = searchClients(query)
  const clients = found.length > 0 ? found : closestClients(query)
  const isFiltered = Object.values(query).some((value) => value !== undefined)
  return (
    <>
      <PageHeading title={t.indexTitle} lead={t.indexLead} />
      <GuideFilter query={query} language={language} action={getPathname({ href: '/guides', locale: language })} />
      {isFiltered ? (
        <p role="status" className="mb-5 font-700">
          {found.length === 0 && clients.length > 0 ? t.close : t.found(found.length)}
        </p>
      ) : null}
      {clients.length > 0 ? (
        <GuideList clients={clients} language={language} />
      ) : (
        <EmptyState icon={SearchX} title={t.nothingFound}>
          {t.nothingFoundBody}
        </EmptyState>
      )}
      <CommonValues settings={settings} language={language} />
    </>
  )
}
