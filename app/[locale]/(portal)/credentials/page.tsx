import { KeyRound, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { LongList } from '#components/ui/long-list.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { listCredentials, listMailboxes } from '#lib/accounts/index.ts'
import { isUsable } from '#lib/activity/next-step.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { ownInheritedReaders } from '#lib/inherited-passwords/own-password.ts'
import { openInvitation } from '#lib/set-up-code/invite-helper.ts'
import { CredentialCard } from './credential-card.tsx'
import { FormerCredentials } from './former-credentials.tsx'
import { HelperSection } from './helper-section.tsx'
import { InheritedPasswordSection } from './inherited-password-section.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('credentials')
  return { title: t('title') }
}

const SHOWN_AT_ONCE = 12

export default async function CredentialsPage() {
  const { actor } = await requireSession('credential.read', '/credentials')
  const t = await getTranslations('credentials')
  const [mailboxes, inheritedReaders] = await Promise.all([listMailboxes(actor), ownInheritedReaders(actor)])
  const groups = await Promise.all(
    mailboxes.map(async (mailbox) => ({
      mailbox,
      credentials: await listCredentials(actor, mailbox.id),
      invitation: await openInvitation(actor, mailbox.id),
    })),
  )
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-8">
        <PageHeading title={t('title')} lead={t('lead')} />
        <div className="mb-8">
          <IssueLink />
        </div>
      </div>
      {groups.map(({ mailbox, credentials, invitation }) => {
        const usable = credentials.filter((credential) => isUsable(credential))
        const former = credentials.filter((credential) => !isUsable(credential))
        return (
          <section key={mailbox.id} aria-labelledby={`mailbox-${mailbox.id}`} className="mb-12">
            <h2 id={`mailbox-${mailbox.id}`} className="mb-4 text-std-20B-160">
              {mailbox.address}
            </h2>
            {usable.length === 0 ? (
              <NoCredentials hadSome={former.length > 0} />
            ) : (
              <LongList
                shown={SHOWN_AT_ONCE}
                className="grid gap-5 lg:grid-cols-2"
                items={usable.map((credential) => <CredentialCard key={credential.id} credential={credential} />)}
              />
            )}
            {inheritedReaders.map((reader) =>
              reader.mailboxId === mailbox.id ? <InheritedPasswordSection key={mailbox.id} {...reader} /> : null,
            )}
            <HelperSection mailboxId={mailbox.id} invitation={invitation} />
            <FormerCredentials credentials={former} />
          </section>
        )
      })}
    </>
  )
}

function IssueLink() {
  const t = useTranslations('credentials')
  return (
    <ButtonLink href="/credentials/new" className="screen-only">
      <Plus aria-hidden className="size-5" />
      {t('issue')}
    </ButtonLink>
  )
}

function NoCredentials({ hadSome }: { hadSome: boolean }) {
  const t = useTranslations('credentials.empty')
  return (
    <EmptyState icon={KeyRound} title={t(hadSome ? 'none' : 'title')} action={<IssueLink />}>
      {t('body')}
    </EmptyState>
  )
}
