import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { listMaintenance } from '#lib/maintenance/list-maintenance.ts'
import { ScheduleForm } from './schedule-form.tsx'
import { WindowItem } from './window-item.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('maintenance')
  return { title: t('title') }
}

export default async function MaintenancePage() {
  await requireSession('maintenance.read', '/operator/maintenance')
  const [t, windows] = await Promise.all([getTranslations('maintenance'), listMaintenance()])
  return (
    <div className="max-w-[46rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      {windows.length === 0 ? <p className="mb-6">{t('none')}</p> : null}
      <ul className="mb-8 space-y-4">
        {windows.map((window) => (
          <WindowItem key={window.id} window={window} />
        ))}
      </ul>
      <ScheduleForm />
    </div>
  )
}
