import { useFormatter, useTranslations } from 'next-intl'
import { Notice } from '#components/ui/notice.tsx'
import type { FolderView, MailboxView } from '#lib/accounts/index.ts'
import { fullnessOf } from '#lib/mail/fullness.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'
import { FolderUsage } from './folder-usage.tsx'
import { useByteFormat } from './use-byte-format.ts'

type MailboxUsageProps = {
  readonly mailbox: MailboxView
  readonly folders: readonly FolderView[]
  readonly retention: PolicyDocument['retention']
}

/** How full a mailbox is, and which folders take how much of it. */
export function MailboxUsage({ mailbox, folders, retention }: MailboxUsageProps) {
  const t = useTranslations('mailbox')
  const format = useFormatter()
  const inBytes = useByteFormat()
  const { address, usedBytes, quotaBytes } = mailbox
  const fullness = fullnessOf(usedBytes, quotaBytes)
  const percent = format.number(usedBytes / quotaBytes, { style: 'percent', maximumFractionDigits: 0 })
  return (
    <section aria-labelledby={`usage-${mailbox.id}`} className="rounded-12 border border-line bg-surface p-5 sm:p-6">
      <h2 id={`usage-${mailbox.id}`} className="break-all text-std-18B-160">
        {address}
      </h2>
      <p className="mt-3 text-ink-muted">{t('usage')}</p>
      <p className="text-std-20B-160">
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
      <h3 className="mt-6 text-std-16B-170">{t('folders.title')}</h3>
      <ul className="mt-2 divide-y divide-line">
        {folders.map((folder) => (
          <FolderUsage
            key={folder.id}
            folder={folder}
            mailboxBytes={usedBytes}
            keptDays={keptDays(folder, retention)}
          />
        ))}
      </ul>
    </section>
  )
}

/** @returns 0 when nothing is removed from this folder by itself */
function keptDays({ specialUse }: FolderView, { trashDays, junkDays }: PolicyDocument['retention']): number {
  if (specialUse === '\\Trash') return trashDays
  return specialUse === '\\Junk' ? junkDays : 0
}
