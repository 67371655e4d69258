import type { Metadata } from 'next'
import { getLocale } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { helpCodes } from '#lib/guides/help-codes.ts'
import { helpPages, helpTexts } from '#lib/guides/help-pages.ts'
import { Link } from '#lib/i18n/navigation.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: helpTexts[await getLocale()].indexTitle }
}

export default async function HelpIndex() {
  const language = await getLocale()
  const t = helpTexts[language]
  return (
    <>
      <PageHeading title={t.indexTitle} lead={t.indexLead} />
      <ul className="grid gap-3 sm:grid-cols-2">
        {[...helpCodes].sort().map((code) => (
          <li key={code}>
            <Link
              href={`/help/${code}`}
              prefetch={false}
              className="flex h-full min-h-12 items-baseline gap-4 rounded-12 border border-line bg-surface px-4 py-3 text-ink no-underline hover:border-primary hover:bg-primary-soft"
            >
              <span className="typed w-9 shrink-0 text-std-18B-160 text-primary">{code}</span>
              {helpPages[code].title[language]}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
