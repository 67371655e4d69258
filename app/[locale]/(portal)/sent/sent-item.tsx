import { useFormatter, useTranslations } from 'next-intl'
import { Disclosure } from '#components/ui/disclosure.tsx'
import type { SentMessageView } from '#lib/delivery/list-sent.ts'
import { SentRecipient } from './sent-recipient.tsx'

const SHOWN_AT_ONCE = 5

/** One message: when it was taken on, and where each copy is. A long list of recipients is folded. */
export function SentItem({ message, from }: { message: SentMessageView; from: string | undefined }) {
  const t = useTranslations('sent')
  const format = useFormatter()
  const { queuedAt, recipients } = message
  const time = format.dateTime(new Date(queuedAt), { dateStyle: 'medium', timeStyle: 'short' })
  const rows = recipients.map((recipient) => <SentRecipient key={recipient.id} recipient={recipient} />)
  const more = rows.slice(SHOWN_AT_ONCE)
  return (
    <li className="rounded-12 border border-line bg-surface px-4 py-4 sm:px-6">
      <h2 className="text-std-16B-170">
        <time dateTime={queuedAt}>{t('acceptedAt', { time })}</time>
      </h2>
      {from === undefined ? null : <p className="break-all text-ink-muted">{t('from', { address: from })}</p>}
      <ul className="mt-2 divide-y divide-line">{rows.slice(0, SHOWN_AT_ONCE)}</ul>
      {more.length > 0 ? (
        <Disclosure summary={t('more', { count: more.length })}>
          <ul className="divide-y divide-line">{more}</ul>
        </Disclosure>
      ) : null}
    </li>
  )
}
