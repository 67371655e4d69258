import { useFormatter, useTranslations } from 'next-intl'
import { serviceOf } from '#components/activity/service-of.ts'
import type { AssistedEvent } from '#lib/support/read-customer.ts'

/** A login that went well. */
export function LoginLine({ event }: { event: AssistedEvent }) {
  const t = useTranslations('events')
  const format = useFormatter()
  return (
    <>
      <p className="text-ink-muted">
        {format.dateTime(new Date(event.at), { dateStyle: 'medium', timeStyle: 'short' })}
      </p>
      <p>{t('outcome.loggedIn', { service: t(`service.${serviceOf(event.listener)}`) })}</p>
    </>
  )
}
