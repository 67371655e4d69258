import type { Metadata } from 'next'
import { getLocale } from 'next-intl/server'
import { ClientCell, ClientHead, ClientRow, ClientTable } from '#components/guides/client-table.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { languages } from '#lib/guides/bilingual.ts'
import { gapTexts, purposeNames } from '#lib/guides/gap-texts.ts'
import { catalogueGaps, countGaps } from '#lib/guides/gaps.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: gapTexts[await getLocale()].title }
}

export default async function Gaps() {
  const language = await getLocale()
  const t = gapTexts[language]
  const { unknown, sections } = countGaps()
  return (
    <>
      <PageHeading title={t.title} lead={t.lead} />
      <ClientTable
        id="gaps"
        title={t.count(unknown, sections)}
        caption={t.caption}
        columns={[t.client, ...languages.map((edition) => t.editions[edition]), t.tls]}
      >
        {catalogueGaps.map(({ client, labels, isTlsUnknown }) => (
          <ClientRow key={client.id}>
            <ClientHead client={client} language={language}>
              {client.name[language]}
            </ClientHead>
            {languages.map((edition) => (
              <ClientCell key={edition} caption={t.editions[edition]}>
                {labels[edition]
                  .map((purpose) => purposeNames[purpose][language])
                  .join(language === 'ja' ? '、' : ', ') || t.none}
              </ClientCell>
            ))}
            <ClientCell caption={t.tls} isShort>
              {isTlsUnknown ? t.tlsUnknown : t.tlsKnown}
            </ClientCell>
          </ClientRow>
        ))}
      </ClientTable>
    </>
  )
}
