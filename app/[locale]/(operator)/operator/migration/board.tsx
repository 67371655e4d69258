'use client'

import { Truck } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { JobProgress } from '#components/migration/job-progress.tsx'
import { Card } from '#components/ui/card.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { PageLinks } from '#components/ui/page-links.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { TextLink, textLinkClass } from '#components/ui/text-link.tsx'
import { jobStates } from '#lib/migration/job-view.ts'
import type { BatchView, MigrationBoard } from '#lib/migration/read-board.ts'
import { useLive } from '#lib/swr/use-live.ts'
import { DeedForms } from './deed-forms.tsx'

const REFRESH_MS = 2_000

/** All batches, and the mailboxes of one of them, followed while the reader looks. */
export function Board({ initial, batchId: asked }: { initial: MigrationBoard; batchId: string | undefined }) {
  const t = useTranslations('migration')
  const search = `?${asked === undefined ? '' : `batch=${asked}&`}page=${initial.page}`
  const { batches, batchId, jobs, page, hasMore } = useLive(`/api/migration${search}`, initial, REFRESH_MS)
  const batch = batches.find(({ id }) => id === batchId)
  if (batch === undefined) {
    return (
      <EmptyState icon={Truck} title={t('empty.title')}>
        {t('empty.body')}
      </EmptyState>
    )
  }
  return (
    <div className="space-y-6">
      <BatchCard batch={batch} />
      <ul className="grid gap-4 lg:grid-cols-2">
        {jobs.map((job) => (
          <li key={job.id} className="space-y-2 rounded-12 border border-line bg-surface p-5">
            <p className="break-all text-std-18B-160">{job.address}</p>
            <JobProgress job={job} />
            <Disclosure summary={t('deeds.one')}>
              <DeedForms batchId={batch.id} jobId={job.id} states={[job.state]} />
            </Disclosure>
          </li>
        ))}
      </ul>
      <PageLinks path={`/operator/migration?batch=${batch.id}`} page={page} hasMore={hasMore} />
      <OtherBatches batches={batches.filter(({ id }) => id !== batch.id)} />
    </div>
  )
}

function BatchCard({ batch }: { batch: BatchView }) {
  const t = useTranslations('migration')
  const format = useFormatter()
  const { id, sourceName, createdAt, found, copied, bytesCopied, mailboxes } = batch
  const states = jobStates.filter((state) => (mailboxes[state] ?? 0) > 0)
  const at = format.dateTime(new Date(createdAt), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <Card title={sourceName} titleId={`batch-${id}`} lead={t('batch.started', { at })}>
      <div className="space-y-4">
        <ProgressBar label={t('messages', { copied, found })} value={copied} max={found} />
        <p>{t('batch.bytes', { megabytes: Math.round(bytesCopied / 1_048_576) })}</p>
        <ul className="flex flex-wrap gap-x-6 gap-y-1">
          {states.map((state) => (
            <li key={state}>{t('batch.mailboxes', { state: t(`state.${state}`), count: mailboxes[state] ?? 0 })}</li>
          ))}
        </ul>
        <DeedForms batchId={id} jobId={null} states={states} />
        <p>
          <a
            href={`/api/migration/report?batch=${id}`}
            download
            className={`${textLinkClass} inline-flex min-h-11 items-center`}
          >
            {t('batch.report')}
          </a>
        </p>
      </div>
    </Card>
  )
}

function OtherBatches({ batches }: { batches: readonly BatchView[] }) {
  const t = useTranslations('migration')
  const format = useFormatter()
  if (batches.length === 0) return null
  return (
    <section aria-labelledby="batches">
      <h2 id="batches" className="text-std-20B-160">
        {t('batch.others')}
      </h2>
      <ul>
        {batches.map(({ id, sourceName, createdAt, copied, found }) => (
          <li key={id}>
            <TextLink standalone href={`/operator/migration?batch=${id}`}>
              {sourceName}{' '}
              {format.dateTime(new Date(createdAt), {
                dateStyle: 'medium',
                timeStyle: 'short',
              })}
            </TextLink>{' '}
            {t('messages', { copied, found })}
          </li>
        ))}
      </ul>
    </section>
  )
}
