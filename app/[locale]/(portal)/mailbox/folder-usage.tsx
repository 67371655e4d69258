import { useTranslations } from 'next-intl'
import { useByteFormat } from '#components/mail/use-byte-format.ts'
import type { FolderView } from '#lib/accounts/index.ts'

const ownNames = {
  '\\Drafts': 'drafts',
  '\\Sent': 'sent',
  '\\Junk': 'junk',
  '\\Trash': 'trash',
  '\\Archive': 'archive',
} as const

type FolderUsageProps = {
  readonly folder: FolderView
  readonly mailboxBytes: number
  /** after so many days a message is removed by itself; 0: never */
  readonly keptDays: number
}

/** A bar for one folder: its share of what is used. */
export function FolderUsage({ folder, mailboxBytes, keptDays }: FolderUsageProps) {
  const t = useTranslations('mailbox.folders')
  const inBytes = useByteFormat()
  const { name, specialUse, messageCount, usedBytes } = folder
  const known = name === 'INBOX' ? 'inbox' : ownNames[specialUse as keyof typeof ownNames]
  return (
    <li className="py-2.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0 break-all">{known ? t(known) : name}</span>
        <span className="text-ink-muted">
          {t('messages', { count: messageCount })} ・ {inBytes(usedBytes)}
        </span>
      </p>
      <meter aria-hidden className="mt-1 block h-2 w-full" max={Math.max(mailboxBytes, 1)} value={usedBytes} />
      {keptDays === 0 ? null : <p className="text-ink-muted">{t('keptDays', { days: keptDays })}</p>}
    </li>
  )
}
