import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { AddressText } from '#components/mail/address-text.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import type { SentRecipientView, SentState } from '#lib/delivery/sent-recipient.ts'

const tones: Record<SentState, BadgeTone> = {
  sending: 'waiting',
  waiting: 'waiting',
  held: 'off',
  delivered: 'good',
  failed: 'bad',
}

/** To whom, how far it has come, and what there is to do; the other server's own words are folded away. */
export function SentRecipient({ recipient }: { recipient: SentRecipientView }) {
  const t = useTranslations('sent')
  const locale = useLocale()
  const format = useFormatter()
  const { address, state, explanation, lastReply, finishedAt } = recipient
  const time = (iso: string) => format.dateTime(new Date(iso), { dateStyle: 'medium', timeStyle: 'short' })
  const times = {
    ended: time(finishedAt ?? recipient.nextAttemptAt),
    next: time(recipient.nextAttemptAt),
    until: time(recipient.expiresAt),
  }
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="typed min-w-0">
          <AddressText address={address} />
        </p>
        <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>
      </div>
      {explanation === null ? null : <p className="mt-1.5">{explanation[locale]}</p>}
      <p className="mt-1.5 text-ink-muted">{t(`what.${state}`, times)}</p>
      {lastReply === null ? null : (
        <Disclosure summary={t('details')}>
          <LastReply reply={lastReply} time={time(lastReply.at)} />
        </Disclosure>
      )}
    </li>
  )
}

type LastReplyProps = { readonly reply: NonNullable<SentRecipientView['lastReply']>; readonly time: string }

function LastReply({ reply, time }: LastReplyProps) {
  const t = useTranslations('sent.reply')
  return (
    <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[9rem_1fr]">
      <dt className="text-ink-muted">{t('at')}</dt>
      <dd>{time}</dd>
      {reply.host === null ? null : (
        <>
          <dt className="text-ink-muted">{t('host')}</dt>
          <dd className="typed break-all">{reply.host}</dd>
        </>
      )}
      {reply.text === '' ? null : (
        <>
          <dt className="text-ink-muted">{t('text')}</dt>
          <dd className="typed min-w-0 break-words">{reply.text}</dd>
        </>
      )}
    </dl>
  )
}
