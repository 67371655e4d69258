import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { listMailboxes } from '#lib/accounts/index.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { listSent, listSentInput } from '#lib/delivery/list-sent.ts'
import { SentFilter } from './sent-filter.tsx'
import { SentList } from './sent-list.tsx'
import { sentPath } from './sent-path.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sent')
  return { title: t('title') }
}

type PageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SentMessagesPage({ searchParams }: PageProps) {
  const { actor } = await requireSession('sent.read', '/sent')
  const query = listSentInput.parse(await searchParams)
  const [t, mailboxes, page] = await Promise.all([
    getTranslations('sent'),
    listMailboxes(actor),
    listSent(actor, query),
  ])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <p className="mt-2 text-ink-muted">{t('local')}</p>
      </PageHeading>
      {query.show === 'all' && page.messages.length === 0 ? null : <SentFilter query={query} />}
      <SentList
        key={sentPath('', query)}
        initial={page}
        query={query}
        addresses={mailboxes.length > 1 ? Object.fromEntries(mailboxes.map(({ id, address }) => [id, address])) : {}}
      />
    </>
  )
}
