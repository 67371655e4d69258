import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { listMailboxes } from '#lib/accounts/index.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import { currentPolicy, offersChallengeLogins } from '#lib/policy/index.ts'
import { clientChoices } from './client-choices.ts'
import { IssueForm } from './issue-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('credentials.new')
  return { title: t('title') }
}

type PageProps = { readonly searchParams: Promise<{ client?: string | string[] }> }

/** `?client=` comes from a guide: that client is chosen already. */
export default async function NewCredentialPage({ searchParams }: PageProps) {
  const { actor } = await requireSession('credential.issue', '/credentials/new')
  const [t, locale, { client }, mailboxes, policy] = await Promise.all([
    getTranslations('credentials.new'),
    getLocale(),
    searchParams,
    listMailboxes(actor),
    currentPolicy(),
  ])
  const chosen = typeof client === 'string' ? findClient(client) : null
  return (
    <div className="max-w-[46rem]">
      <IssueForm
        heading={<PageHeading title={t('title')} lead={t('lead')} />}
        mailboxes={mailboxes.map(({ id, address }) => ({ value: String(id), label: address }))}
        clients={clientChoices(locale)}
        chosenClient={chosen?.id ?? ''}
        offersChallengeLogins={offersChallengeLogins(policy.document)}
      />
    </div>
  )
}
