import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Card } from '#components/ui/card.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { listOwnApprovals } from '#lib/approved-deeds/list-approvals.ts'
import { confirmedForMinutes, isConfirmed } from '#lib/auth/confirmation.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { listStaff } from '#lib/staff/list-staff.ts'
import { ConfirmCard } from '../../../(account)/security/confirm-card.tsx'
import { waysToConfirm } from '../../../(account)/security/ways-to-confirm.ts'
import { OwnApprovals } from '../../../(staff)/support/approvals/own-approvals.tsx'
import { InvitationItem } from './invitation-item.tsx'
import { InviteForm } from './invite-form.tsx'
import { StaffItem } from './staff-item.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('staff')
  return { title: t('title') }
}

export default async function StaffPage() {
  const session = await requireSession('staff.read', '/operator/staff')
  const [t, { staff, invitations }, approvals, ways] = await Promise.all([
    getTranslations('staff'),
    listStaff(session.actor),
    listOwnApprovals(session.actor, { deeds: ['inviteStaff', 'changeStaffRole'] }),
    waysToConfirm(session),
  ])
  const canChange = isConfirmed(session)
  return (
    <div className="max-w-[46rem] space-y-8">
      <PageHeading title={t('title')} lead={t('lead')} />
      {canChange ? null : <ConfirmCard ways={ways} minutes={confirmedForMinutes} />}
      <OwnApprovals approvals={approvals} isThere />
      <section aria-labelledby="working">
        <h2 id="working" className="mb-4 text-std-22B-150">
          {t('working')}
        </h2>
        <ul className="space-y-4">
          {staff.map((colleague) => (
            <StaffItem key={colleague.id} colleague={colleague} canChange={canChange} />
          ))}
        </ul>
      </section>
      {invitations.length === 0 ? null : (
        <section aria-labelledby="invited">
          <h2 id="invited" className="mb-4 text-std-22B-150">
            {t('invited')}
          </h2>
          <ul className="space-y-4">
            {invitations.map((invitation) => (
              <InvitationItem key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        </section>
      )}
      <Card title={t('invite.title')} titleId="invite" lead={t('invite.lead')}>
        {canChange ? <InviteForm /> : <p>{t('confirmFirst')}</p>}
      </Card>
    </div>
  )
}
