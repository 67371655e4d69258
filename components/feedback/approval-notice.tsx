import { useTranslations } from 'next-intl'
import { Notice } from '#components/ui/notice.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { GuardedOutcome } from '#lib/approvals/deeds.ts'

/** What was asked for takes two people, and the second has not approved yet. */
export function ApprovalNotice({ outcome }: { outcome: GuardedOutcome }) {
  const t = useTranslations('approvals.waiting')
  if (outcome === 'done') return null
  return (
    <Notice tone="info" role="status" title={t('title')}>
      <p>{t('body')}</p>
      <TextLink standalone href="/support/approvals">
        {t('link')}
      </TextLink>
    </Notice>
  )
}
