import { useFormatter, useTranslations } from 'next-intl'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { OldHostDevice } from '#lib/move/old-host-devices.ts'

/** Devices that still have the old name, each with the way to its guide. */
export function OldHostDeviceList({ devices }: { devices: readonly OldHostDevice[] }) {
  const t = useTranslations('move.device')
  const format = useFormatter()
  const nameOf = ({ label }: OldHostDevice) => label ?? t('inheritedPassword')
  const time = (moment: Date) => format.dateTime(moment, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <ul className="divide-y divide-line">
      {devices.map((device) => (
        <li key={`${device.credentialId} ${device.direction}`} className="py-3 first:pt-0">
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span className="text-std-16B-170">{nameOf(device)}</span>
            <StatusBadge tone={device.isRefused ? 'bad' : 'waiting'}>
              {t(device.isRefused ? 'refused' : 'stillServed')}
            </StatusBadge>
          </p>
          <p>{t(device.direction)}</p>
          <p className="text-ink-muted">
            {t('since', { since: time(device.since), last: time(device.lastAt) })}
            {device.clientName === null ? null : <> {t('program', { name: device.clientName })}</>}
          </p>
          <TextLink standalone href={device.clientId === null ? '/guides' : `/guides/${device.clientId}`}>
            {t('guide')}
            <span className="sr-only">{nameOf(device)}</span>
          </TextLink>
        </li>
      ))}
    </ul>
  )
}
