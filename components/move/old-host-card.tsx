import { useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import type { OldHostDevice } from '#lib/move/old-host-devices.ts'
import { OldHostDeviceList } from './old-host-device-list.tsx'

/** Nothing where every device has the new names. */
export function OldHostCard({ devices }: { devices: readonly OldHostDevice[] }) {
  const t = useTranslations('move.device')
  if (devices.length === 0) return null
  return (
    <Card title={t('title')} titleId="old-host" lead={t('lead')} className="mb-8">
      <OldHostDeviceList devices={devices} />
    </Card>
  )
}
