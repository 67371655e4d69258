import { useTranslations } from 'next-intl'
import { SubmitButton } from '#components/form/submit-button.tsx'
import type { ApprovalView } from '#lib/approved-deeds/list-approvals.ts'
import { openCustomerAction } from '../../../(support)/support/actions.ts'

/** Where to do what was approved and takes more than a press: the customer's page, filled in, or the command line. */
export function Elsewhere({ approval, isThere }: { approval: ApprovalView; isThere: boolean }) {
  const t = useTranslations('approvals.elsewhere')
  const { deed, customerId, reason } = approval
  if (customerId === null || deed !== 'issueSetUpCode') return <p className="mt-3">{t('run')}</p>
  if (isThere) return <p className="mt-3">{t('below')}</p>
  return (
    <form action={openCustomerAction} className="mt-4 space-y-4">
      <p>{t('callFirst')}</p>
      <input type="hidden" name="customerId" value={customerId} />
      <input type="hidden" name="reason" value={reason} />
      <SubmitButton>{t('open')}</SubmitButton>
    </form>
  )
}
