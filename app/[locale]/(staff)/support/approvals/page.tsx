import { CheckCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { isPermitted } from '#lib/accounts/permissions.ts'
import { listApprovals } from '#lib/approved-deeds/list-approvals.ts'
import { confirmedForMinutes, isConfirmed } from '#lib/auth/confirmation.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { ConfirmCard } from '../../../(account)/security/confirm-card.tsx'
import { waysToConfirm } from '../../../(account)/security/ways-to-confirm.ts'
import { ApprovalItem } from './approval-item.tsx'
import { OwnApprovals } from './own-approvals.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('approvals')
  return { title: t('title') }
}

export default async function ApprovalsPage() {
  const session = await requireSession('approval.read', '/support/approvals')
  const [t, approvals, ways] = await Promise.all([
    getTranslations('approvals'),
    listApprovals(session.actor),
    waysToConfirm(session),
  ])
  const own = approvals.filter(({ isOwn }) => isOwn)
  const others = approvals.filter(({ isOwn }) => !isOwn)
  const takesProof = own.some(({ state, takesProof }) => state === 'approved' && takesProof)
  const canDecide = isPermitted(session.actor.role, 'approval.decide')
  return (
    <div className="max-w-[46rem] space-y-8">
      <PageHeading title={t('title')} lead={t(canDecide ? 'lead' : 'leadForAgents')} />
      {approvals.length === 0 ? (
        <EmptyState icon={CheckCheck} title={t('empty.title')}>
          <p>{t('empty.body')}</p>
        </EmptyState>
      ) : null}
      {takesProof && !isConfirmed(session) ? <ConfirmCard ways={ways} minutes={confirmedForMinutes} /> : null}
      {others.length === 0 ? null : (
        <section aria-labelledby="waiting">
          <h2 id="waiting" className="mb-4 text-std-22B-150">
            {t('others')}
          </h2>
          <ul className="space-y-4">
            {others.map((approval) => (
              <ApprovalItem key={approval.id} approval={approval} />
            ))}
          </ul>
        </section>
      )}
      <OwnApprovals approvals={own} />
    </div>
  )
}
