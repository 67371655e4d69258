import { MailCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { getFormatter, getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { listHeldMailboxes } from '#lib/accounts/index.ts'
import { listOwnApprovals } from '#lib/approved-deeds/list-approvals.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { OwnApprovals } from '../../../(staff)/support/approvals/own-approvals.tsx'
import { ReleaseForm } from './release-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('held')
  return { title: t('title') }
}

export default async function HeldPage() {
  const { actor } = await requireSession('heldSending.read', '/operator/held')
  const [t, reasons, format, mailboxes, approvals] = await Promise.all([
    getTranslations('held'),
    getTranslations('events.reason'),
    getFormatter(),
    listHeldMailboxes(actor),
    listOwnApprovals(actor, { deeds: ['releaseSending'] }),
  ])
  return (
    <div className="max-w-[46rem] space-y-8">
      <PageHeading title={t('title')} lead={t('lead')} />
      {mailboxes.length === 0 ? (
        <EmptyState icon={MailCheck} title={t('empty.title')}>
          <p>{t('empty.body')}</p>
        </EmptyState>
      ) : null}
      <OwnApprovals approvals={approvals} isThere />
      <ul className="space-y-4">
        {mailboxes.map(({ mailboxId, address, heldAt, limit }) => (
          <li key={mailboxId} className="rounded-12 border border-line bg-surface p-5">
            <h2 className="text-std-18B-160 break-words">{address}</h2>
            <p>{reasons(`${limit}.what`)}</p>
            <p className="mb-3 text-ink-muted">
              {t('since', { at: format.dateTime(heldAt, { dateStyle: 'medium', timeStyle: 'short' }) })}
            </p>
            <Disclosure
              summary={
                <>
                  {t('release.open')}
                  <span className="sr-only">{t('release.of', { address })}</span>
                </>
              }
            >
              <ReleaseForm mailboxId={mailboxId} />
            </Disclosure>
          </li>
        ))}
      </ul>
    </div>
  )
}
