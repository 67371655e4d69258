'use client'

import { MonitorSmartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { LiveSessionView } from '#lib/accounts/index.ts'
import { idle } from '#lib/http/action-state.ts'
import { useLive } from '#lib/swr/use-live.ts'
import { useReloadAfter } from '#lib/swr/use-reload-after.ts'
import { endLiveSessionAction } from './actions.ts'
import { LiveSessionItem } from './live-session-item.tsx'

const PATH = '/api/live-sessions'
const REFRESH_MS = 3_000

/** The mail programs that are connected now; moves while the reader looks. */
export function LiveSessionList({ initial }: { initial: readonly LiveSessionView[] }) {
  const t = useTranslations('mailbox.live')
  const sessions = useLive<readonly LiveSessionView[]>(PATH, initial, REFRESH_MS)
  const [state, endSession] = useActionState(endLiveSessionAction, idle)
  useReloadAfter(state, PATH)
  return (
    <section aria-labelledby="connected">
      <h2 id="connected" className="text-std-20B-160">
        {t('title')}
      </h2>
      <p className="mt-1 mb-4 text-ink-muted">{t('lead')}</p>
      <ActionMessage state={state} />
      {state.status === 'done' ? (
        <DoneNotice of={state} title={t('ended')} className="mb-4">
          <TextLink href="/credentials">{t('revoke')}</TextLink>
        </DoneNotice>
      ) : null}
      {sessions.length === 0 ? (
        <EmptyState icon={MonitorSmartphone} title={t('empty.title')}>
          {t('empty.body')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line rounded-12 border border-line bg-surface px-4 sm:px-6">
          {sessions.map((session) => (
            <LiveSessionItem key={session.id} session={session} endSession={endSession} />
          ))}
        </ul>
      )}
    </section>
  )
}
