import { useFormatter, useTranslations } from 'next-intl'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import type { QueuedRecipientView } from '#lib/delivery/list-queue.ts'
import { RecipientActions } from './recipient-actions.tsx'
import { Reply } from './reply.tsx'

const tones: Record<QueuedRecipientView['state'], BadgeTone> = {
  waiting: 'waiting',
  inFlight: 'good',
  held: 'off',
  damaged: 'bad',
  cancelled: 'bad',
}

type RecipientItemProps = { readonly recipient: QueuedRecipientView; readonly apiPath: string }

/** One recipient: why it waits, since when and until when, and what can be done about it. */
export function RecipientItem({ recipient, apiPath }: RecipientItemProps) {
  const t = useTranslations('queue.recipients')
  const format = useFormatter()
  const { state, sender, attemptCount, sizeBytes, lastReply } = recipient
  const time = (iso: string) => format.dateTime(new Date(iso), { dateStyle: 'medium', timeStyle: 'short' })
  const facts = [
    [t('sender'), sender ?? t('report')],
    [t('queued'), time(recipient.queuedAt)],
    [t('next'), state === 'waiting' ? time(recipient.nextAttemptAt) : t(`nextWhen.${state}`)],
    [t('until'), time(recipient.expiresAt)],
    [t('attempts'), t('attemptCount', { count: attemptCount })],
    [t('size'), t('kilobytes', { size: Math.ceil(sizeBytes / 1024) })],
  ] as const
  return (
    <li className="rounded-12 border border-line bg-surface p-4 sm:p-6">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h3 className="typed min-w-0 text-std-18B-160 break-all">{recipient.recipient}</h3>
        <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>
      </div>
      <Reply reply={lastReply} />
      <dl className="mt-3 grid gap-x-6 gap-y-1 sm:grid-cols-2 lg:grid-cols-3">
        {facts.map(([name, value]) => (
          <div key={name} className="flex flex-wrap gap-x-2">
            <dt className="text-ink-muted">{name}</dt>
            <dd className="min-w-0 break-all">{value}</dd>
          </div>
        ))}
      </dl>
      {state === 'cancelled' ? null : <RecipientActions recipient={recipient} apiPath={apiPath} />}
    </li>
  )
}
