import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { listAliases, listMailboxes, type MailboxView } from '#lib/accounts/index.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { currentPolicy } from '#lib/policy/index.ts'
import { hasApp } from '#lib/second-step/authenticator-app.ts'
import { AliasCard } from './alias-card.tsx'
import { ClosingCard } from './closing-card.tsx'
import { ExportCard } from './export-card.tsx'
import { NameCard } from './name-card.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('title') }
}

export default async function AccountPage() {
  const { actor } = await requireSession('account.read', '/account')
  const [t, mailboxes, policy, asksForCode] = await Promise.all([
    getTranslations('account'),
    listMailboxes(actor),
    currentPolicy(),
    hasApp(actor.accountId),
  ])
  const { ownAddresses, closing } = policy.document
  const boxes = await Promise.all(
    mailboxes.map(async (mailbox) => ({ mailbox, aliases: await listAliases(actor, mailbox.id) })),
  )
  const closingCard = (mailbox: MailboxView) => (
    <ClosingCard mailbox={mailbox} waitDays={closing.waitDays} asksForCode={asksForCode} />
  )
  return (
    <div className="max-w-[46rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      {boxes.map(({ mailbox, aliases }) => (
        <section key={mailbox.id} aria-labelledby={`mailbox-${mailbox.id}`} className="mb-14 space-y-6">
          <h2 id={`mailbox-${mailbox.id}`} className="break-all text-std-20B-160 sm:text-std-22B-150">
            {mailbox.address}
          </h2>
          {mailbox.closesAt === null ? null : closingCard(mailbox)}
          <NameCard mailbox={mailbox} />
          <AliasCard mailbox={mailbox} aliases={aliases} rules={ownAddresses} />
          <ExportCard mailbox={mailbox} asksForCode={asksForCode} />
          {mailbox.closesAt === null ? closingCard(mailbox) : null}
        </section>
      ))}
    </div>
  )
}
