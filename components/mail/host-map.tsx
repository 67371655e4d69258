import { ArrowDownToLine, Hourglass, KeyRound, type LucideIcon, Server } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { classNames } from '#components/ui/class-names.ts'
import { HostName } from '#components/ui/host-name.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'

export type MailHosts = { readonly old: string; readonly pop: string; readonly smtp: string; readonly smtpa: string }
type Part = 'pop' | 'smtpa' | 'smtp'

const looks: Record<Part, { icon: LucideIcon; ink: string; stop: string }> = {
  pop: { icon: ArrowDownToLine, ink: 'text-receive', stop: 'border-receive bg-receive-soft text-receive' },
  smtpa: { icon: KeyRound, ink: 'text-submit', stop: 'border-submit bg-submit-soft text-submit' },
  smtp: { icon: Hourglass, ink: 'text-window', stop: 'border-window bg-window-soft text-window' },
}

const unusedStop = 'border-dashed border-line-strong bg-surface text-ink-muted'

/**
 * Which host does what, drawn as a line with its stops: first the old single host, struck, then the three that took
 * over from it.
 * @param sendsBy for one subscriber: the sending host in use; the other one steps back
 */
export function HostMap({ hosts, sendsBy }: { hosts: MailHosts; sendsBy?: 'smtpa' | 'smtp' | undefined }) {
  const t = useTranslations('hosts')
  return (
    <ol className="rounded-12 border border-line bg-surface px-4 py-5 sm:px-7 sm:py-6">
      <Stop icon={Server} look={unusedStop}>
        <p className="text-ink-muted">{t('before')}</p>
        <p>
          <HostName struck className="text-std-18B-160">
            {hosts.old}
          </HostName>
        </p>
        <p className="text-ink-muted">{t('gone')}</p>
      </Stop>
      {(['pop', 'smtpa', 'smtp'] as const).map((part) => (
        <HostStop
          key={part}
          part={part}
          host={hosts[part]}
          isLast={part === 'smtp'}
          use={part === 'pop' || !sendsBy ? 'open' : part === sendsBy ? 'chosen' : 'unused'}
        />
      ))}
    </ol>
  )
}

type HostStopProps = { part: Part; host: string; isLast: boolean; use: 'open' | 'chosen' | 'unused' }

function HostStop({ part, host, isLast, use }: HostStopProps) {
  const t = useTranslations('hosts')
  const { icon, ink, stop } = looks[part]
  const isUnused = use === 'unused'
  return (
    <Stop icon={icon} look={isUnused ? unusedStop : stop} isLast={isLast}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <p className={classNames('text-std-16B-170', isUnused ? 'text-ink-muted' : ink)}>{t(`${part}.role`)}</p>
        {use === 'chosen' ? <StatusBadge tone="good">{t('inUse')}</StatusBadge> : null}
        {isUnused ? <StatusBadge tone="off">{t('unused')}</StatusBadge> : null}
      </div>
      <p className={isUnused ? 'text-ink-muted' : undefined}>
        <HostName className="text-std-17B-170 min-[25rem]:text-std-20B-160 sm:text-std-24B-150">{host}</HostName>
      </p>
      <p className="text-ink-muted">{t(`${part}.what`)}</p>
    </Stop>
  )
}

type StopProps = { icon: LucideIcon; look: string; isLast?: boolean; children: ReactNode }

function Stop({ icon: Icon, look, isLast, children }: StopProps) {
  return (
    <li className="relative grid grid-cols-[2.75rem_1fr] gap-x-4 pb-6 last:pb-0 sm:grid-cols-[3.25rem_1fr] sm:gap-x-6">
      {isLast ? null : (
        <span aria-hidden className="absolute top-4 bottom-0 left-[1.25rem] w-1 bg-line sm:left-[1.5rem]" />
      )}
      <span
        aria-hidden
        className={classNames(
          'relative mt-1 flex size-11 items-center justify-center rounded-full border-2 sm:size-13',
          look,
        )}
      >
        <Icon className="size-5 sm:size-6" strokeWidth={1.75} />
      </span>
      <div className="min-w-0 space-y-0.5">{children}</div>
    </li>
  )
}
