import type { ReactNode } from 'react'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { evidenceTexts } from '#lib/evidence/evidence-texts.ts'
import type { Language } from '#lib/guides/bilingual.ts'
import { guideTexts, methodNames } from '#lib/guides/guide-texts.ts'
import { reachability } from '#lib/guides/methods.ts'
import { latestRevision, revisions } from '#lib/guides/revisions.ts'
import type { Setup } from '#lib/guides/setup.ts'
import { shortCodeOf } from '#lib/guides/short-address.ts'
import { AutomaticSetup } from './automatic-setup.tsx'
import { type Evidence, EvidenceLines, hasEvidence, VerifiedWays } from './evidence-lines.tsx'
import { GuideAddress } from './guide-address.tsx'
import { GuideWarnings } from './guide-warnings.tsx'
import { HostChange } from './host-change.tsx'
import { ReachabilityNotice } from './reachability-notice.tsx'
import { Sentence } from './sentence.tsx'
import { SetupChoices } from './setup-choices.tsx'
import { SetupSteps } from './setup-steps.tsx'

type GuidePageProps = {
  readonly setup: Setup
  readonly language: Language
  /** the values to type: the reader's own where they are signed in */
  readonly values: ReactNode
  readonly evidence: Evidence
  /** where a subscriber says whether it works; null for visitors */
  readonly report: ReactNode
  readonly portalUrl: string
}

/** The whole guide for one client and one way of sending. */
export function GuidePage({ setup, language, values, evidence, report, portalUrl }: GuidePageProps) {
  const t = guideTexts[language]
  const { client, settings, method, endpoints } = setup
  const canConnect = reachability(client, settings, method) !== 'no'
  return (
    <article>
      <PageHeading title={t.title(client.name[language])} lead={canConnect ? t.lead : t.leadWithoutConnection}>
        <p className="mt-3">
          <span className="font-700">{methodNames[method][language]}</span>
          <span className="ml-4 text-ink-muted">{t.version(latestRevision.date)}</span>
        </p>
      </PageHeading>
      <ReachabilityNotice setup={setup} language={language} />
      <HostChange
        old={settings.hosts.old}
        incoming={endpoints.incoming.host}
        outgoing={endpoints.outgoing.host}
        language={language}
      />
      <SetupChoices setup={setup} language={language} />
      <AutomaticSetup setup={setup} language={language} />
      {values}
      <SetupSteps setup={setup} language={language} />
      {method === 'pop-before-smtp' ? <SendingOrder setup={setup} language={language} /> : null}
      <GuideWarnings setup={setup} language={language} />
      <CheckIt language={language} />
      <KnownToWork evidence={evidence} language={language} />
      {report}
      <GuideAddress
        short={`${portalUrl}/g/${shortCodeOf(client, method)}`}
        plainPath={plainPathOf(setup, language)}
        language={language}
      />
      <Foot language={language} />
    </article>
  )
}

function plainPathOf({ client, method, receiving }: Setup, language: Language): string {
  return `${language === 'ja' ? '' : '/en'}/guides/${client.id}/${method}/plain?receive=${receiving}`
}

function KnownToWork({ evidence, language }: { evidence: Evidence; language: Language }) {
  if (!hasEvidence(evidence)) return null
  const t = evidenceTexts[language]
  return (
    <section aria-labelledby="evidence" className="mb-10">
      <h2 id="evidence" className="mb-2 text-std-20B-160">
        {t.title}
      </h2>
      <EvidenceLines evidence={evidence} language={language} />
      {evidence.verified === null ? null : (
        <Disclosure summary={t.ways} className="screen-only">
          <VerifiedWays verified={evidence.verified} language={language} />
        </Disclosure>
      )}
    </section>
  )
}

function SendingOrder({ setup, language }: { setup: Setup; language: Language }) {
  const t = guideTexts[language]
  return (
    <section aria-labelledby="order" className="mb-10 rounded-12 border-l-6 border-window bg-window-soft p-5">
      <h2 id="order" className="mb-3 text-std-20B-160">
        {t.sendTitle}
      </h2>
      <ol className="list-decimal space-y-2 pl-6">
        {t.sendSteps.map((step) => (
          <li key={step}>
            <Sentence settings={setup.settings}>{step}</Sentence>
          </li>
        ))}
      </ol>
    </section>
  )
}

function CheckIt({ language }: { language: Language }) {
  const t = guideTexts[language]
  return (
    <section aria-labelledby="check" className="mb-10">
      <h2 id="check" className="mb-3 text-std-20B-160">
        {t.checkTitle}
      </h2>
      <p>{t.checkBody}</p>
      <p className="mt-2">{t.checkHelp}</p>
      <p className="screen-only mt-1">
        <TextLink standalone href="/help">
          {t.helpIndex}
        </TextLink>
      </p>
    </section>
  )
}

function Foot({ language }: { language: Language }) {
  const t = guideTexts[language]
  return (
    <footer className="border-t border-line pt-5">
      <Disclosure summary={t.history} className="screen-only">
        <ul className="space-y-1">
          {revisions.map(({ date, what }) => (
            <li key={date}>
              <time dateTime={date}>{date}</time> {what[language]}
            </li>
          ))}
        </ul>
      </Disclosure>
      <p className="screen-only mt-2 text-ink-muted">{t.print}</p>
      <p className="screen-only mt-2 flex flex-wrap gap-x-6">
        <TextLink standalone href="/guides">
          {t.backToIndex}
        </TextLink>
        <TextLink standalone href="/compatibility">
          {t.compatibility}
        </TextLink>
      </p>
    </footer>
  )
}
