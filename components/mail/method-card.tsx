import { Hourglass, KeyRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { HostName } from '#components/ui/host-name.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'

type MethodCardProps = {
  readonly method: 'smtpAuth' | 'popBeforeSmtp'
  readonly host: string
  readonly minutes: number
}

/** One of the notice's two sending methods, in its three steps. */
export function MethodCard({ method, host, minutes }: MethodCardProps) {
  const t = useTranslations('landing')
  const isRecommended = method === 'smtpAuth'
  const Icon = isRecommended ? KeyRound : Hourglass
  const ink = isRecommended ? 'text-submit' : 'text-window'
  return (
    <article className="rounded-12 border border-line bg-surface p-5 sm:p-7">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Icon aria-hidden className={`size-9 ${ink}`} strokeWidth={1.5} />
        {isRecommended ? <StatusBadge tone="good">{t('recommended')}</StatusBadge> : null}
      </div>
      <h3 className="mt-3 text-std-20B-160">{t(`${method}.title`)}</h3>
      <p className="text-ink-muted">{t(`${method}.reading`)}</p>
      <p className="mt-3">{t(`${method}.body`, { minutes })}</p>
      <ol className="mt-4 list-decimal space-y-2 border-t border-line pt-4 pl-6 marker:text-std-16B-170 marker:text-ink-muted">
        {(['step1', 'step2', 'step3'] as const).map((step) => (
          <li key={step} className="pl-1">
            {t.rich(`${method}.${step}`, { minutes, host: () => <HostName>{host}</HostName> })}
          </li>
        ))}
      </ol>
    </article>
  )
}
