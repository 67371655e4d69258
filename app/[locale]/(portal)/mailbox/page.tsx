import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { listFolders, listLiveSessions, listMailboxes } from '#lib/accounts/index.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { currentPolicy } from '#lib/policy/index.ts'
import { listUsage } from '#lib/usage/list-usage.ts'
import { LiveSessionList } from './live-session-list.tsx'
import { MailboxUsage } from './mailbox-usage.tsx'
import { UsageHistory } from './usage-history.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('mailbox')
  return { title: t('title') }
}

export default async function MailboxPage() {
  const { actor } = await requireSession('mailbox.read', '/mailbox')
  const [t, mailboxes, folders, sessions, policy] = await Promise.all([
    getTranslations('mailbox'),
    listMailboxes(actor),
    listFolders(actor),
    listLiveSessions(actor),
    currentPolicy(),
  ])
  const histories = await Promise.all(
    mailboxes.map(async ({ id, address }) => ({ address, days: await listUsage(actor, id) })),
  )
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <p className="flex flex-wrap gap-x-6">
          <TextLink standalone href="/migration">
            {t('bringMail')}
          </TextLink>
          <TextLink standalone href="/account">
            {t('account')}
          </TextLink>
        </p>
      </PageHeading>
      <div className="grid gap-10 lg:grid-cols-2 lg:items-start">
        <div className="space-y-8">
          {mailboxes.map((mailbox) => (
            <MailboxUsage
              key={mailbox.id}
              mailbox={mailbox}
              retention={policy.document.retention}
              folders={folders.filter(({ mailboxId }) => mailboxId === mailbox.id)}
            />
          ))}
        </div>
        <LiveSessionList initial={sessions} />
      </div>
      {histories.map(({ address, days }) => (
        <UsageHistory key={address} address={address} days={days} />
      ))}
    </>
  )
}
