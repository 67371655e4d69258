import { useTranslations } from 'next-intl'
import type { ApprovalView } from '#lib/approved-deeds/list-approvals.ts'
import { ApprovalItem } from './approval-item.tsx'
import { Elsewhere } from './elsewhere.tsx'

type OwnApprovalsProps = {
  readonly approvals: readonly ApprovalView[]
  /** on the page where they were asked for */
  readonly isThere?: boolean
}

export function OwnApprovals({ approvals, isThere = false }: OwnApprovalsProps) {
  const t = useTranslations('approvals')
  if (approvals.length === 0) return null
  return (
    <section aria-labelledby="own-approvals">
      <h2 id="own-approvals" className="mb-4 text-std-22B-150">
        {t('own')}
      </h2>
      <ul className="space-y-4">
        {approvals.map((approval) => (
          <ApprovalItem
            key={approval.id}
            approval={approval}
            elsewhere={<Elsewhere approval={approval} isThere={isThere} />}
          />
        ))}
      </ul>
    </section>
  )
}
