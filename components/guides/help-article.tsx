import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { Step, Steps } from '#components/ui/steps.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import type { ConnectionSettings } from '#lib/guides/connection-settings.ts'
import type { HelpCode } from '#lib/guides/help-codes.ts'
import { type HelpLink, helpPages, helpTexts } from '#lib/guides/help-pages.ts'
import { Sentence } from './sentence.tsx'

type HelpArticleProps = {
  readonly code: HelpCode
  readonly settings: ConnectionSettings
  readonly language: Language
  /** the refusals as they appear on a mail program's screen */
  readonly wireTexts: readonly string[]
  readonly supportContact: string
}

const targets: Record<HelpLink, string> = {
  doctor: '/doctor',
  guides: '/guides',
  credentials: '/credentials',
  security: '/security',
  activity: '/activity',
  compatibility: '/compatibility',
}

/** What happened, whether mail was lost, what to do next: in this order, for somebody who is worried. */
export function HelpArticle({ code, settings, language, wireTexts, supportContact }: HelpArticleProps) {
  const t = helpTexts[language]
  const page = helpPages[code]
  return (
    <article>
      <PageHeading title={page.title[language]}>
        <p className="mt-3 text-ink-muted">{t.code(code)}</p>
      </PageHeading>
      <Part id="happened" title={t.happened}>
        <p>
          <Sentence settings={settings}>{page.happened[language]}</Sentence>
        </p>
        {wireTexts.length > 0 ? <WireTexts title={t.wire} texts={wireTexts} /> : null}
      </Part>
      <Part id="lost" title={t.lost}>
        <p>{page.lost[language]}</p>
      </Part>
      <Part id="next" title={t.next}>
        <Steps>
          {page.next.map((step) => (
            <Step
              key={step.en}
              title={
                <span className="font-400 [word-break:normal]">
                  <Sentence settings={settings}>{step[language]}</Sentence>
                </span>
              }
            />
          ))}
        </Steps>
        <HelpLinks links={page.links} language={language} />
      </Part>
      <p className="border-t border-line pt-5">
        {t.contact} {supportContact}
      </p>
      <p className="screen-only mt-2">
        <TextLink standalone href="/help">
          {t.all}
        </TextLink>
      </p>
    </article>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="mb-10 max-w-[46rem]">
      <h2 id={id} className="mb-3 text-std-22B-150">
        {title}
      </h2>
      {children}
    </section>
  )
}

function WireTexts({ title, texts }: { title: string; texts: readonly string[] }) {
  return (
    <div className="mt-4 rounded-8 bg-sunken px-4 py-3">
      <p className="text-ink-muted">{title}</p>
      <ul className="mt-1 space-y-1">
        {texts.map((text) => (
          <li key={text} lang="en" translate="no" className="typed [overflow-wrap:anywhere] [word-break:normal]">
            {text}
          </li>
        ))}
      </ul>
    </div>
  )
}

function HelpLinks({ links, language }: { links: readonly HelpLink[]; language: Language }) {
  if (links.length === 0) return null
  return (
    <ul className="screen-only mt-6 flex flex-wrap gap-x-8">
      {links.map((link) => (
        <li key={link}>
          <TextLink standalone href={targets[link]}>
            <ChevronRight aria-hidden className="size-5" />
            {helpTexts[language].links[link]}
          </TextLink>
        </li>
      ))}
    </ul>
  )
}
