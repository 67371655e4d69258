'use client'

import { PackageOpen } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { JobProgress } from '#components/migration/job-progress.tsx'
import { Card } from '#components/ui/card.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { JobView } from '#lib/migration/job-view.ts'
import type { OwnMigrations } from '#lib/migration/own-migration.ts'
import { useLive } from '#lib/swr/use-live.ts'
import { CancelForm } from './cancel-form.tsx'
import { StartForm } from './start-form.tsx'

const REFRESH_MS = 2_000
const underWay = ['WAITING', 'RUNNING', 'PAUSED', 'COPIED']

/** Each mailbox with its move, followed while the reader looks. */
export function OwnMigrationBoard({ initial }: { initial: OwnMigrations }) {
  const t = useTranslations('migration.own')
  const { sources, mailboxes } = useLive('/api/migration/own', initial, REFRESH_MS)
  if (sources.length === 0 && mailboxes.every(({ job }) => job === null)) {
    return (
      <EmptyState icon={PackageOpen} title={t('nothing.title')}>
        {t('nothing.body')}
      </EmptyState>
    )
  }
  return (
    <div className="max-w-[46rem] space-y-8">
      {mailboxes.map(({ id, address, job, isOwn }) => {
        const isUnderWay = job !== null && underWay.includes(job.state)
        return (
          <Card key={id} title={<span className="break-all">{address}</span>} titleId={`mailbox-${id}`}>
            <div className="space-y-5">
              {job === null ? null : <JobProgress job={job} />}
              {isUnderWay ? <Notice title={t('wait.title')}>{t('wait.body')}</Notice> : null}
              {isUnderWay && isOwn ? <CancelForm mailboxId={id} /> : null}
              {job?.state === 'DONE' ? <Arrived faults={job.faults} /> : null}
              {isUnderWay || sources.length === 0 ? null : <Start mailboxId={id} sources={sources} job={job} />}
            </div>
          </Card>
        )
      })}
    </div>
  )
}

/** Once more too, for what the old server would not hand over. */
function Start({ job, ...form }: ComponentProps<typeof StartForm> & { readonly job: JobView | null }) {
  const t = useTranslations('migration.own.arrived')
  if (job?.state !== 'DONE') return <StartForm {...form} />
  return job.faults === 0 ? null : (
    <Disclosure summary={t('again')}>
      <StartForm {...form} />
    </Disclosure>
  )
}

function Arrived({ faults }: { faults: number }) {
  const t = useTranslations('migration.own.arrived')
  return (
    <Notice tone="success" title={t('title')}>
      <p>{t('body')}</p>
      {faults > 0 ? <p>{t('faults')}</p> : null}
      <TextLink standalone href="/guides">
        {t('guides')}
      </TextLink>
    </Notice>
  )
}
