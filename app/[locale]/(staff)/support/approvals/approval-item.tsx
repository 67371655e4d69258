import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { VerdictForm } from '#components/form/verdict-form.tsx'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import type { ApprovalState, ApprovalView } from '#lib/approved-deeds/list-approvals.ts'
import { decideApprovalAction } from './actions.ts'
import { DoApprovedForm } from './do-approved-form.tsx'
import { FactList } from './fact-list.tsx'

const tones: Record<ApprovalState, BadgeTone> = { waiting: 'waiting', approved: 'good', refused: 'bad', done: 'off' }

type ApprovalItemProps = {
  readonly approval: ApprovalView
  /** the way to where it is done, of what no button can do */
  readonly elsewhere?: ReactNode
}

/** One request: what exactly is to be done, on whom and why; and what this reader can do about it now. */
export function ApprovalItem({ approval, elsewhere }: ApprovalItemProps) {
  const t = useTranslations('approvals')
  const { id, deed, state, isOwn, isDoneHere } = approval
  const isOpen = state === 'waiting' || state === 'approved'
  return (
    <li className="rounded-12 border border-line bg-surface p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <h3 className="text-std-18B-160">{t(`deed.${deed}`)}</h3>
        {isOwn ? <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge> : null}
      </div>
      <FactList approval={approval} />
      {isOpen ? <p>{t(`consequence.${deed}`)}</p> : null}
      {isOwn && isDoneHere ? <DoApprovedForm approvalId={id} state={state} /> : null}
      {isOwn && !isDoneHere && state === 'approved' ? elsewhere : null}
      {isOwn ? null : (
        <VerdictForm
          action={decideApprovalAction}
          subject={{ name: 'approvalId', id }}
          yes={{ value: 'approve', label: t('decide.approve') }}
          no={{ value: 'refuse', label: t('decide.refuse') }}
        />
      )}
    </li>
  )
}
