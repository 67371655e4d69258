import { useFormatter, useTranslations } from 'next-intl'
import { Notice } from '#components/ui/notice.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { MailboxView } from '#lib/accounts/index.ts'

/** What nobody should overlook: a mailbox is going to be deleted. */
export function ClosingNotices({ mailboxes }: { mailboxes: readonly MailboxView[] }) {
  const t = useTranslations('home.closing')
  const format = useFormatter()
  return mailboxes.map(({ id, address, closesAt }) => {
    if (closesAt === null) return null
    const time = format.dateTime(closesAt, { dateStyle: 'long', timeStyle: 'short' })
    return (
      <Notice key={id} tone="warning" title={t('title', { address, time })} className="mb-6 break-words">
        <p>{t('body')}</p>
        <TextLink standalone href="/account">
          {t('open')}
        </TextLink>
      </Notice>
    )
  })
}
