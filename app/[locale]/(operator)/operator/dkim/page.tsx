import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { listDkimKeys } from '#lib/dkim/list-dkim-keys.ts'
import { DkimDomain } from './dkim-domain.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('dkim')
  return { title: t('title') }
}

export default async function DkimPage() {
  const { actor } = await requireSession('dkim.read', '/operator/dkim')
  const [t, domains] = await Promise.all([getTranslations('dkim'), listDkimKeys(actor)])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <p className="mt-2 text-ink-muted">{t('rotation')}</p>
      </PageHeading>
      <div className="space-y-8">
        {domains.map((view) => (
          <DkimDomain key={view.domain} view={view} />
        ))}
      </div>
    </>
  )
}
