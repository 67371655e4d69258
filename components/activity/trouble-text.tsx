import { useFormatter, useTranslations } from 'next-intl'
import type { EventView } from '#lib/activity/event-view.ts'
import { serviceOf } from './service-of.ts'

type TroubleTextProps = { readonly event: Omit<EventView, 'raw'>; readonly times?: number }

/** A refusal in plain words: when and where, what happened, and what to do. */
export function TroubleText({ event, times = 1 }: TroubleTextProps) {
  const t = useTranslations('events')
  const format = useFormatter()
  const reason = event.reason ?? 'unknown'
  return (
    <>
      <p className="text-ink-muted">
        {format.dateTime(new Date(event.at), { dateStyle: 'medium', timeStyle: 'short' })} ・{' '}
        {t(`service.${serviceOf(event.listener)}`)}
        {times > 1 ? ` ・ ${t('times', { times })}` : null}
      </p>
      <p className="text-std-16B-170">{t(`reason.${reason}.what`)}</p>
      <p>{t(`reason.${reason}.todo`)}</p>
    </>
  )
}
