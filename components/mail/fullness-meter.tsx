import { useFormatter, useTranslations } from 'next-intl'
import { Notice } from '#components/ui/notice.tsx'
import type { MailboxView } from '#lib/accounts/index.ts'
import { fullnessOf } from '#lib/mail/fullness.ts'
import { useByteFormat } from './use-byte-format.ts'

/** How full a mailbox is, and what to do when it is nearly or quite full. */
export function FullnessMeter({ usedBytes, quotaBytes }: Pick<MailboxView, 'usedBytes' | 'quotaBytes'>) {
  const t = useTranslations('mailbox')
  const format = useFormatter()
  const inBytes = useByteFormat()
  const fullness = fullnessOf(usedBytes, quotaBytes)
  const percent = format.number(usedBytes / quotaBytes, { style: 'percent', maximumFractionDigits: 0 })
  return (
    <>
      <p className="text-ink-muted">{t('usage')}</p>
      <p className="text-std-18B-160">
        {t('usageOf', { used: inBytes(usedBytes), quota: inBytes(quotaBytes), percent })}
      </p>
      <meter
        className="mt-1 block h-4 w-full"
        aria-label={t('usage')}
        max={quotaBytes}
        value={Math.min(usedBytes, quotaBytes)}
      />
      {fullness === 'fine' ? null : (
        <Notice className="mt-4" tone={fullness === 'near' ? 'warning' : 'danger'} title={t(`full.${fullness}.title`)}>
          <p>{t(`full.${fullness}.body`)}</p>
        </Notice>
      )}
    </>
  )
}
