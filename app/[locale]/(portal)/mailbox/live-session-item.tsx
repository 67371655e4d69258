import { useFormatter, useTranslations } from 'next-intl'
import { serviceOf } from '#components/activity/service-of.ts'
import { SubmitButton } from '#components/form/submit-button.tsx'
import type { LiveSessionView } from '#lib/accounts/index.ts'

type LiveSessionItemProps = {
  readonly session: LiveSessionView
  readonly endSession: (form: FormData) => void
}

/** One connected mail program: which, since when, from where, and a button to send it away. */
export function LiveSessionItem({ session, endSession }: LiveSessionItemProps) {
  const t = useTranslations('mailbox.live')
  const events = useTranslations('events')
  const format = useFormatter()
  const { id, clientName, credentialLabel, listener, address, tlsVersion, startedAt } = session
  const name = clientName ?? t('unnamed')
  const time = format.dateTime(new Date(startedAt), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0">
        <p className="text-std-16B-170 [overflow-wrap:anywhere]">{name}</p>
        <p className="text-ink-muted">
          {events(`service.${serviceOf(listener)}`)} ・ <time dateTime={startedAt}>{t('since', { time })}</time>
        </p>
        <p className="break-all text-ink-muted">
          {credentialLabel === null ? t('inheritedPassword') : t('password', { label: credentialLabel })} ・{' '}
          {t('address', { address })} ・{' '}
          <span className="inline-block">
            {tlsVersion === null ? t('security.none') : t('security.tls', { version: tlsVersion })}
          </span>
        </p>
      </div>
      <form action={endSession}>
        <input type="hidden" name="sessionId" value={id} />
        <SubmitButton tone="secondary" aria-label={t('endOf', { name })}>
          {t('end')}
        </SubmitButton>
      </form>
    </li>
  )
}
