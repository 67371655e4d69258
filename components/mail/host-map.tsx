import { ArrowDownToLine, Hourglass, KeyRound, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { classNames } from '#components/ui/class-names.ts'
import { HostName } from '#components/ui/host-name.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'

export type MailHosts = { readonly old: string; readonly pop: string; readonly smtp: string; readonly smtpa: string }
type Part = 'pop' | 'smtpa' | 'smtp'

const looks: Record<Part, { icon: LucideIcon; ink: string; soft: string; rail: string }> = {
  pop: { icon: ArrowDownToLine, ink: 'text-receive', soft: 'bg-receive-soft', rail: 'border-receive' },
  smtpa: { icon: KeyRound, ink: 'text-submit', soft: 'bg-submit-soft', rail: 'border-submit' },
  smtp: { icon: Hourglass, ink: 'text-window', soft: 'bg-window-soft', rail: 'border-window' },
}

/**
 * Which host does what: the old single host, struck, and the three lines that took over from it.
 * @param sendsBy for one subscriber: the sending host in use; the other one steps back
 */
export function HostMap({ hosts, sendsBy }: { hosts: MailHosts; sendsBy?: 'smtpa' | 'smtp' }) {
  const t = useTranslations('hosts')
  const stateOf = (part: Part) => (part === 'pop' || !sendsBy ? 'plain' : part === sendsBy ? 'inUse' : 'unused')
  return (
    <div>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 rounded-8 bg-sunken px-4 py-2.5 text-ink-muted">
        <span>{t('before')}</span>
        <HostName struck>{hosts.old}</HostName>
        <span>{t('gone')}</span>
      </p>
      <ul className="ml-5 border-l-2 border-line-strong pt-4 sm:ml-7">
        {(['pop', 'smtpa', 'smtp'] as const).map((part) => (
          <HostLine key={part} part={part} host={hosts[part]} state={stateOf(part)} />
        ))}
      </ul>
    </div>
  )
}

function HostLine({ part, host, state }: { part: Part; host: string; state: 'plain' | 'inUse' | 'unused' }) {
  const t = useTranslations('hosts')
  const { icon: Icon, ink, soft, rail } = looks[part]
  const isUnused = state === 'unused'
  return (
    <li className="relative pb-4 pl-6 last:pb-0 sm:pl-9">
      <span aria-hidden className="absolute top-8 left-0 w-6 border-t-2 border-line-strong sm:w-9" />
      <div
        className={classNames(
          'flex gap-4 rounded-12 border-l-6 p-4 sm:p-5',
          isUnused ? 'border-line' : rail,
          isUnused ? 'bg-sunken' : soft,
        )}
      >
        <Icon
          aria-hidden
          className={classNames('mt-1 size-7 shrink-0', isUnused ? 'text-ink-muted' : ink)}
          strokeWidth={1.75}
        />
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <p className={classNames('text-std-16B-170', isUnused ? 'text-ink-muted' : ink)}>{t(`${part}.role`)}</p>
            {state === 'inUse' ? <StatusBadge tone="good">{t('inUse')}</StatusBadge> : null}
            {state === 'unused' ? <StatusBadge tone="off">{t('unused')}</StatusBadge> : null}
          </div>
          <p>
            <HostName className="text-std-18B-160 sm:text-std-22B-150">{host}</HostName>
          </p>
          <p className="mt-1 text-ink-muted">{t(`${part}.what`)}</p>
        </div>
      </div>
    </li>
  )
}
