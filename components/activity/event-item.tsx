import { ArrowUpRight, CircleCheck, CircleX, DoorClosed, Hourglass, type LucideIcon, ScrollText } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { classNames } from '#components/ui/class-names.ts'
import { Disclosure } from '#components/ui/disclosure.tsx'
import type { EventOutcome, EventView } from '#lib/activity/event-view.ts'
import { serviceOf } from './service-of.ts'

const looks: Record<EventOutcome, { icon: LucideIcon; ink: string }> = {
  loggedIn: { icon: CircleCheck, ink: 'text-success' },
  loginRefused: { icon: CircleX, ink: 'text-danger' },
  refused: { icon: CircleX, ink: 'text-danger' },
  accepted: { icon: ArrowUpRight, ink: 'text-primary' },
  windowOpened: { icon: Hourglass, ink: 'text-window' },
  ended: { icon: DoorClosed, ink: 'text-ink-muted' },
  recipe: { icon: ScrollText, ink: 'text-primary' },
}

/** One event: what happened in words, when and from where, and the protocol's own lines folded away. */
export function EventItem({ event, address }: { event: EventView; address?: string | undefined }) {
  const t = useTranslations('events')
  const format = useFormatter()
  const { icon: Icon, ink } = looks[event.outcome]
  const isTrouble = ink === 'text-danger'
  const isOfRecipe = event.outcome === 'recipe'
  const reason = event.reason ?? 'unknown'
  return (
    <li className="flex gap-3 px-4 py-4 sm:gap-4 sm:px-6">
      <Icon aria-hidden className={classNames('mt-1 size-5 shrink-0', ink)} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline justify-between gap-x-6">
          <span className={classNames('text-std-16B-170', isTrouble && ink)}>
            {t(`outcome.${event.outcome}`, { service: t(`service.${serviceOf(event.listener)}`) })}
          </span>
          <time dateTime={event.at} className="text-ink-muted">
            {format.dateTime(new Date(event.at), { dateStyle: 'medium', timeStyle: 'medium' })}
          </time>
        </p>
        <p className="text-ink-muted">
          {[
            isOfRecipe ? '' : t('fromAddress', { address: event.address }),
            event.credentialLabel === null ? '' : t('withCredential', { label: event.credentialLabel }),
            address ?? '',
          ]
            .filter(Boolean)
            .join(' ・ ')}
        </p>
        {isTrouble || isOfRecipe ? (
          <>
            <p>{t(`reason.${reason}.what`)}</p>
            <p>{t(`reason.${reason}.todo`)}</p>
          </>
        ) : null}
        <Disclosure summary={t('details')}>
          <EventDetails event={event} />
        </Disclosure>
      </div>
    </li>
  )
}

function EventDetails({ event }: { event: EventView }) {
  const t = useTranslations('events.detail')
  const { replyCode, enhancedStatus, detail, transcript } = event.raw
  const facts = [
    [t('from'), event.address],
    [t('listener'), event.listener],
    [t('encryption'), event.tlsVersion ?? t('notEncrypted')],
    [t('mechanism'), event.mechanism],
    [t('reply'), [replyCode, enhancedStatus].filter(Boolean).join(' ')],
    [t('detail'), detail],
  ] as const
  return (
    <>
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[9rem_1fr]">
        {facts.map(([name, value]) =>
          value ? (
            <div key={name} className="contents">
              <dt className="text-ink-muted">{name}</dt>
              <dd className="typed min-w-0 break-words">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {transcript.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
        <pre tabIndex={0} className="mt-3 overflow-x-auto rounded-8 bg-sunken p-3 font-mono">
          {transcript.join('\n')}
        </pre>
      ) : null}
    </>
  )
}
