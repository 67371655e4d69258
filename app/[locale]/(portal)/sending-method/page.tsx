import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { listMailboxes } from '#lib/accounts/index.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { siteEnv } from '#lib/env/site.ts'
import { currentPolicy } from '#lib/policy/index.ts'
import { MethodForm } from './method-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sendingMethod')
  return { title: t('title') }
}

export default async function SendingMethodPage() {
  const { actor } = await requireSession('sendingMethod.choose', '/sending-method')
  const [t, mailboxes, { document }] = await Promise.all([
    getTranslations('sendingMethod'),
    listMailboxes(actor),
    currentPolicy(),
  ])
  const { enabled, windowSeconds } = document.popBeforeSmtp
  return (
    <div className="max-w-[46rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      <div className="space-y-10">
        {mailboxes.map(({ id, address, sendingMethod }) => (
          <section key={id} aria-labelledby={`mailbox-${id}`}>
            <h2 id={`mailbox-${id}`} className="mb-4 text-std-20B-160">
              {address}
            </h2>
            <MethodForm
              mailboxId={id}
              current={sendingMethod}
              hosts={siteEnv().hosts}
              minutes={Math.round(windowSeconds / 60)}
              canPopBeforeSmtp={enabled && document.listeners.smtp.enabled}
            />
          </section>
        ))}
      </div>
    </div>
  )
}
