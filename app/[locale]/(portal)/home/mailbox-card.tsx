import { Mail } from 'lucide-react'
import { useFormatter, useLocale, useTranslations } from 'next-intl'
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

const MEBIBYTE = 1_048_576

export function MailboxCard({ mailbox, meter, readerAddress }: MailboxCardProps) {
  const t = useTranslations('home.mailbox')
  const format = useFormatter()
  const locale = useLocale()
  const inMebibytes = (bytes: number) => format.number(bytes / MEBIBYTE, { maximumFractionDigits: 1 })
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
      <dl className="mt-3 space-y-2">
        <div>
          <dt className="text-ink-muted">{t('method')}</dt>
          <dd className="text-std-16B-170">{t(mailbox.sendingMethod)}</dd>
        </div>
        <div>
          <dt className="text-ink-muted">{t('usage')}</dt>
          <dd>
            {t('usageOf', { used: inMebibytes(mailbox.usedBytes), quota: inMebibytes(mailbox.quotaBytes) })}
            <meter
              className="mt-1 block h-3 w-full"
              aria-label={t('usage')}
              max={mailbox.quotaBytes}
              value={mailbox.usedBytes}
            />
          </dd>
        </div>
      </dl>
      {mailbox.popBeforeSmtp ? (
        <RelayWindowMeter mailboxId={mailbox.id} initial={meter} readerAddress={readerAddress} />
      ) : null}
    </section>
  )
}
