import { ChevronRight } from 'lucide-react'
import type { Language } from '#lib/guides/bilingual.ts'
import { type Client, type Era, type Platform, platforms } from '#lib/guides/client.ts'
import { guideTexts, platformNames } from '#lib/guides/guide-texts.ts'
import { Link } from '#lib/i18n/navigation.ts'

/** The clients by age and device. One that runs on several devices stands under each of them. */
export function GuideList({ clients, language }: { clients: readonly Client[]; language: Language }) {
  const t = guideTexts[language]
  return (
    <div className="space-y-12">
      <EraList era="modern" title={t.modern} clients={clients} language={language} />
      <EraList era="notice" title={t.notice} clients={clients} language={language} />
    </div>
  )
}

type EraListProps = {
  readonly era: Era
  readonly title: string
  readonly clients: readonly Client[]
  readonly language: Language
}

function EraList({ era, title, clients, language }: EraListProps) {
  const ofEra = clients.filter((client) => client.era === era)
  if (ofEra.length === 0) return null
  return (
    <section aria-labelledby={era}>
      <h2 id={era} className="mb-4 text-std-24B-150">
        {title}
      </h2>
      <div className="space-y-7">
        {platforms.map((platform) => (
          <PlatformList
            key={platform}
            platform={platform}
            clients={ofEra.filter((client) => client.platforms.includes(platform))}
            language={language}
          />
        ))}
      </div>
    </section>
  )
}

function PlatformList({
  platform,
  clients,
  language,
}: {
  platform: Platform
  clients: readonly Client[]
  language: Language
}) {
  if (clients.length === 0) return null
  return (
    <section>
      <h3 className="mb-2 text-std-18B-160">{platformNames[platform][language]}</h3>
      <ul className="grid gap-x-5 sm:grid-cols-2 lg:grid-cols-3">
        {clients.map(({ id, name }) => (
          <li key={id} className="border-b border-line">
            <Link
              href={`/guides/${id}`}
              prefetch={false}
              className="flex min-h-12 items-center justify-between gap-3 rounded-4 py-2 text-primary no-underline hover:bg-primary-soft hover:underline"
            >
              {name[language]}
              <ChevronRight aria-hidden className="size-5 shrink-0" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
