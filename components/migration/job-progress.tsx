'use client'

import { useTranslations } from 'next-intl'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import type { JobState, JobView } from '#lib/migration/job-view.ts'

const toneOf: Readonly<Record<JobState, BadgeTone>> = {
  WAITING: 'waiting',
  RUNNING: 'waiting',
  PAUSED: 'off',
  COPIED: 'waiting',
  DONE: 'good',
  FAILED: 'bad',
  CANCELLED: 'off',
}

/** How one mailbox gets on. */
export function JobProgress({ job }: { job: JobView }) {
  const t = useTranslations('migration')
  const { state, found, copied, folderName, problem, faults } = job
  return (
    <div className="space-y-2">
      <p>
        <StatusBadge tone={toneOf[state]}>{t(`state.${state}`)}</StatusBadge>
      </p>
      {found > 0 ? <ProgressBar label={t('messages', { copied, found })} value={copied} max={found} /> : null}
      {state === 'RUNNING' && folderName !== null ? (
        <p className="text-ink-muted">{t('folder', { folderName })}</p>
      ) : null}
      {problem === null ? null : (
        <p className={state === 'FAILED' ? 'text-danger' : 'text-warning'}>{t(`problem.${problem}`)}</p>
      )}
      {faults > 0 ? <p className="text-warning">{t('faults', { count: faults })}</p> : null}
    </div>
  )
}
