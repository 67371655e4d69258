import { ArrowRight } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { HostName } from '#components/ui/host-name.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { AnnouncementDocument } from '#lib/announcements/document.ts'
import type { Language } from '#lib/guides/bilingual.ts'
import { LetterBlocks } from './letter-blocks.tsx'

type LetterProps = { readonly document: AnnouncementDocument; readonly language: Language }

/** All that an announcement says, below its title. */
export function AnnouncementLetter({ document, language }: LetterProps) {
  const t = useTranslations('announcements')
  const { lead, remarks, body } = document[language]
  return (
    <div lang={language} className="space-y-8">
      <LetterBlocks text={lead} />
      <LetterFacts document={document} language={language} />
      {document.hosts.length === 0 ? null : <HostMoves hosts={document.hosts} />}
      {remarks.length === 0 ? null : (
        <section className="max-w-[46rem]">
          <h2 className="mb-2 text-std-20B-160">{t('remarks')}</h2>
          <ul className="list-disc space-y-2 pl-6">
            {remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </section>
      )}
      <LetterBlocks text={body} />
      {document.links.length === 0 ? null : (
        <section className="screen-only">
          <h2 className="text-std-20B-160">{t('links')}</h2>
          <ul>
            {document.links.map((page) => (
              <li key={page}>
                <TextLink standalone href={`/${page}`}>
                  {t(`link.${page}`)}
                </TextLink>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function LetterFacts({ document, language }: LetterProps) {
  const t = useTranslations('announcements')
  const { reason, affected, unaffected } = document[language]
  const { startsAt, endsAt } = document
  const period = startsAt && endsAt ? <Period key="period" from={startsAt} to={endsAt} /> : ''
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('period'), period],
    [t('reason'), reason],
    [t('affected'), affected],
    [t('unaffected'), unaffected],
  ]
  const given = facts.filter(([, text]) => text !== '')
  if (given.length === 0) return null
  return (
    <dl className="max-w-[46rem] divide-y divide-line rounded-8 border border-line bg-surface">
      {given.map(([name, text]) => (
        <div key={name} className="grid gap-x-6 px-4 py-3 sm:grid-cols-[11rem_1fr]">
          <dt className="text-ink-muted">{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Works take place in Japan; the letter names its clock, whoever reads it. */
function Period({ from, to }: { from: string; to: string }) {
  const t = useTranslations('announcements')
  const format = useFormatter()
  const time = (moment: string) => (
    <time dateTime={moment} className="inline-block">
      {format.dateTime(new Date(moment), { dateStyle: 'full', timeStyle: 'short', timeZone: 'Asia/Tokyo' })}
    </time>
  )
  return (
    <>
      {t.rich('until', { from: () => time(from), to: () => time(to) })} ({t('japanTime')})
    </>
  )
}

/** The old name and the one that takes its place: one below the other on a phone, where a table would be cut off. */
function HostMoves({ hosts }: Pick<AnnouncementDocument, 'hosts'>) {
  const t = useTranslations('announcements')
  return (
    <section>
      <h2 className="mb-3 text-std-20B-160">{t('hosts')}</h2>
      <dl className="max-w-[46rem] divide-y divide-line rounded-8 border border-line bg-surface">
        {hosts.map(({ purpose, from, to, method }) => (
          <div key={`${purpose} ${to}`} className="grid gap-x-6 px-4 py-3 sm:grid-cols-[14rem_1fr] sm:items-center">
            <dt>
              {t(`purpose.${purpose}`)}
              <span className="block text-ink-muted">{t(`method.${method}`)}</span>
            </dt>
            <dd className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <HostName struck>{from}</HostName>
              <ArrowRight aria-label="→" className="size-5 shrink-0" />
              <HostName className="text-std-17B-170">{to}</HostName>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
