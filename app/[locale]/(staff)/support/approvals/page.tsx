import { CheckCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { getFormatter, getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { VerdictForm } from '#components/form/verdict-form.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { isPermitted } from '#lib/accounts/permissions.ts'
import { listApprovals } from '#lib/approvals/list-approvals.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { decideApprovalAction } from './actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('approvals')
  return { title: t('title') }
}

export default async function ApprovalsPage() {
  const { actor } = await requireSession('approval.read', '/support/approvals')
  const [t, format, approvals] = await Promise.all([getTranslations('approvals'), getFormatter(), listApprovals(actor)])
  const canDecide = isPermitted(actor.role, 'approval.decide')
  return (
    <div className="max-w-[46rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      {approvals.length === 0 ? (
        <EmptyState icon={CheckCheck} title={t('empty.title')}>
          <p>{t('empty.body')}</p>
        </EmptyState>
      ) : null}
      <ul className="space-y-4">
        {approvals.map(({ id, deed, subject, reason, requestedBy, isOwn, isApproved, expiresAt }) => (
          <li key={id} className="rounded-12 border border-line bg-surface p-5">
            <h2 className="text-std-18B-160 break-words">{t(`deed.${deed}`, { subject })}</h2>
            <p>{t('reason', { reason })}</p>
            <p className="text-ink-muted">{t('requestedBy', { name: requestedBy })}</p>
            <p className="text-ink-muted">
              {t('until', { at: format.dateTime(expiresAt, { dateStyle: 'medium', timeStyle: 'short' }) })}
            </p>
            {isOwn ? <p>{isApproved ? t('approved') : t('own')}</p> : null}
            {!isOwn && canDecide ? (
              <VerdictForm
                action={decideApprovalAction}
                subject={{ name: 'approvalId', id }}
                yes={{ value: 'approve', label: t('decide.approve') }}
                no={{ value: 'refuse', label: t('decide.refuse') }}
              />
            ) : null}
            {isOwn || canDecide ? null : <p>{t('forSenior')}</p>}
          </li>
        ))}
      </ul>
    </div>
  )
}
