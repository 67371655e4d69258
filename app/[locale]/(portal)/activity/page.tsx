import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { OldHostCard } from '#components/move/old-host-card.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { listMailboxes } from '#lib/accounts/index.ts'
import { listChanges } from '#lib/activity/list-changes.ts'
import { listEvents, listEventsInput } from '#lib/activity/list-events.ts'
import { listSignInFailures } from '#lib/activity/list-sign-in-failures.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { ownOldHostDevices } from '#lib/move/old-host-devices.ts'
import { ActivityFilter } from './activity-filter.tsx'
import { activityPath } from './activity-path.ts'
import { ChangeList } from './change-list.tsx'
import { EventList } from './event-list.tsx'
import { SignInFailureList } from './sign-in-failure-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('activity')
  return { title: t('title') }
}

type PageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ActivityPage({ searchParams }: PageProps) {
  const { actor } = await requireSession('activity.read', '/activity')
  const query = listEventsInput.parse(await searchParams)
  const [t, mailboxes, page, changes, signInFailures, oldHostDevices] = await Promise.all([
    getTranslations('activity'),
    listMailboxes(actor),
    listEvents(actor, query),
    listChanges(actor),
    listSignInFailures(actor),
    ownOldHostDevices(actor),
  ])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <OldHostCard devices={oldHostDevices} />
      <ActivityFilter query={query} mailboxes={mailboxes.map(({ id, address }) => ({ id, address }))} />
      <EventList
        key={activityPath('', query)}
        initial={page}
        apiPath={activityPath('/api/activity', query)}
        newestPath={query.before ? activityPath('/activity', { ...query, before: undefined }) : null}
        olderPath={page.nextBefore ? activityPath('/activity', { ...query, before: page.nextBefore }) : null}
        addresses={mailboxes.length > 1 ? Object.fromEntries(mailboxes.map(({ id, address }) => [id, address])) : {}}
      />
      <SignInFailureList failures={signInFailures} />
      <ChangeList changes={changes} />
    </>
  )
}
