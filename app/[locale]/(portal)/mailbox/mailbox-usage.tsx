import { useTranslations } from 'next-intl'
import { FullnessMeter } from '#components/mail/fullness-meter.tsx'
import { LongList } from '#components/ui/long-list.tsx'
import type { FolderView, MailboxView } from '#lib/accounts/index.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'
import { FolderUsage } from './folder-usage.tsx'

type MailboxUsageProps = {
  readonly mailbox: MailboxView
  readonly folders: readonly FolderView[]
  readonly retention: PolicyDocument['retention']
}

const FOLDERS_AT_ONCE = 10

/** How full a mailbox is, and which folders take how much of it. */
export function MailboxUsage({ mailbox, folders, retention }: MailboxUsageProps) {
  const t = useTranslations('mailbox')
  const { address, usedBytes, quotaBytes } = mailbox
  return (
    <section aria-labelledby={`usage-${mailbox.id}`} className="rounded-12 border border-line bg-surface p-5 sm:p-6">
      <h2 id={`usage-${mailbox.id}`} className="break-all text-std-18B-160">
        {address}
      </h2>
      <div className="mt-3">
        <FullnessMeter usedBytes={usedBytes} quotaBytes={quotaBytes} />
      </div>
      <h3 className="mt-6 text-std-16B-170">{t('folders.title')}</h3>
      <LongList
        shown={FOLDERS_AT_ONCE}
        className="mt-2 divide-y divide-line"
        items={folders.map((folder) => (
          <FolderUsage
            key={folder.id}
            folder={folder}
            mailboxBytes={usedBytes}
            keptDays={keptDays(folder, retention)}
          />
        ))}
      />
    </section>
  )
}

/** @returns 0 when nothing is removed from this folder by itself */
function keptDays({ specialUse }: FolderView, { trashDays, junkDays }: PolicyDocument['retention']): number {
  if (specialUse === '\\Trash') return trashDays
  return specialUse === '\\Junk' ? junkDays : 0
}
