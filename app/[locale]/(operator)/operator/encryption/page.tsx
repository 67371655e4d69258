import { LockKeyhole } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { DataTable } from '#components/ui/data-table.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { ENCRYPTION_DAYS, summariseEncryption } from '#lib/delivery/summarise-encryption.ts'
import { EncryptionRow } from './encryption-row.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('encryption')
  return { title: t('title') }
}

export default async function EncryptionPage() {
  const { actor } = await requireSession('queue.read', '/operator/encryption')
  const [t, views] = await Promise.all([getTranslations('encryption'), summariseEncryption(actor)])
  const head = [t('domain'), t('policy'), t('share'), t('failures')]
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead', { days: ENCRYPTION_DAYS })}>
        <p className="mt-2 text-ink-muted">{t('explanation')}</p>
      </PageHeading>
      {views.length === 0 ? (
        <EmptyState icon={LockKeyhole} title={t('empty.title')}>
          {t('empty.body')}
        </EmptyState>
      ) : (
        <DataTable caption={t('title')} head={head} className="rounded-12 border border-line bg-surface">
          {views.map((view) => (
            <EncryptionRow key={`${view.domain} ${view.policy}`} view={view} />
          ))}
        </DataTable>
      )}
    </>
  )
}
