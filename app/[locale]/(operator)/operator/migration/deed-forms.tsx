'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import type { ButtonTone } from '#components/ui/button.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { JobDeed } from '#lib/migration/change-jobs.ts'
import type { JobState } from '#lib/migration/job-view.ts'
import { changeJobsAction } from './actions.ts'

const offeredIn: Readonly<Record<JobDeed, readonly JobState[]>> = {
  finish: ['COPIED'],
  sync: ['COPIED'],
  retry: ['FAILED'],
  resume: ['PAUSED'],
  fetchLate: ['DONE'],
  pause: ['WAITING', 'RUNNING'],
  cancel: ['WAITING', 'RUNNING', 'PAUSED', 'COPIED', 'FAILED'],
}
const tones: Partial<Record<JobDeed, ButtonTone>> = { finish: 'primary', cancel: 'danger' }

type DeedFormsProps = { readonly batchId: string; readonly jobId: string | null; readonly states: readonly JobState[] }

/** What can be done to mailboxes in these states. */
export function DeedForms({ batchId, jobId, states }: DeedFormsProps) {
  const t = useTranslations('migration.deeds')
  const [state, action] = useActionState(changeJobsAction, idle)
  const deeds = (Object.keys(offeredIn) as JobDeed[]).filter((deed) =>
    states.some((each) => offeredIn[deed].includes(each)),
  )
  if (deeds.length === 0) return <p className="text-ink-muted">{t('none')}</p>
  return (
    <div className="space-y-3">
      <ActionMessage state={state} />
      {deeds.includes('finish') ? <p>{t('finishHelp')}</p> : null}
      <div className="flex flex-wrap gap-3">
        {deeds.map((deed) => (
          <form key={deed} action={action}>
            <input type="hidden" name="batchId" value={batchId} />
            <input type="hidden" name="jobId" value={jobId ?? ''} />
            <input type="hidden" name="deed" value={deed} />
            <SubmitButton tone={tones[deed] ?? 'secondary'}>{t(deed)}</SubmitButton>
          </form>
        ))}
      </div>
    </div>
  )
}
