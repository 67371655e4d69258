import { Mail } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { FullnessMeter } from '#components/mail/fullness-meter.tsx'
import { RelayWindowMeter } from '#components/mail/relay-window-meter.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { MailboxView } from '#lib/accounts/index.ts'
import type { WindowMeter } from '#lib/activity/read-window-meter.ts'

type MailboxCardProps = {
  readonly mailbox: MailboxView
  readonly meter: WindowMeter
  /** where the reader's own request came from */
  readonly readerAddress: string
}

export function MailboxCard({ mailbox, meter, readerAddress }: MailboxCardProps) {
  const t = useTranslations('home.mailbox')
  const locale = useLocale()
  return (
    <section aria-labelledby={`mailbox-${mailbox.id}`} className="rounded-12 border border-line bg-surface p-5 sm:p-6">
      <h2 id={`mailbox-${mailbox.id}`} className="flex items-center gap-2 text-std-18B-160">
        <Mail aria-hidden className="size-5 shrink-0 text-primary" />
        {mailbox.address}
      </h2>
      {mailbox.suspension === null ? null : (
        <Notice tone="danger" title={t('suspended')} className="mt-3">
          <p>{mailbox.suspension[locale]}</p>
        </Notice>
      )}
      {mailbox.sendingHeldAt === null ? null : (
        <Notice tone="danger" title={t('held.title')} className="mt-3">
          <p>{t('held.body')}</p>
          <TextLink standalone href="/help/L3">
            {t('held.more')}
          </TextLink>
        </Notice>
      )}
      <dl className="mt-3">
        <div>
          <dt className="text-ink-muted">{t('method')}</dt>
          <dd className="text-std-16B-170">{t(mailbox.sendingMethod)}</dd>
        </div>
      </dl>
      <div className="mt-2">
        <FullnessMeter usedBytes={mailbox.usedBytes} quotaBytes={mailbox.quotaBytes} />
      </div>
      {mailbox.popBeforeSmtp ? (
        <RelayWindowMeter mailboxId={mailbox.id} initial={meter} readerAddress={readerAddress} />
      ) : null}
    </section>
  )
}
