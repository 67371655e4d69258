import { useTranslations } from 'next-intl'
import type { ReplyView } from '#lib/delivery/last-reply.ts'

/** What the other side said last, word for word. */
export function Reply({ reply }: { reply: ReplyView | null }) {
  const t = useTranslations('queue')
  if (reply === null) return <p className="text-ink-muted">{t('notTried')}</p>
  return (
    <p className="text-ink-muted">
      {reply.host === null ? null : <span className="typed break-all">{reply.host}: </span>}
      <span className="typed break-words">{reply.text || t('noReply')}</span>
    </p>
  )
}
