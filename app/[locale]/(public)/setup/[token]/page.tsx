import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { findInvitation } from '#lib/set-up-code/redeem-set-up-code.ts'
import { clientChoices } from '../../../(portal)/credentials/new/client-choices.ts'
import { InvitedForm } from './invited-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('setup.invited')
  return { title: t('title'), robots: { index: false }, referrer: 'no-referrer' }
}

/** To look at the link uses nothing up: programs that preview links must not take the password away. */
export default async function InvitedPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [t, locale, found] = await Promise.all([getTranslations('setup.invited'), getLocale(), findInvitation(token)])
  if (found === null) return <PageHeading title={t('overTitle')} lead={t('overBody')} />
  const { mailbox, label } = found
  return (
    <div className="mx-auto max-w-[46rem] space-y-8">
      <InvitedForm
        heading={<PageHeading title={t('title')} lead={t('lead', { address: mailbox.address, label: label ?? '' })} />}
        token={token}
        clients={clientChoices(locale)}
      />
    </div>
  )
}
