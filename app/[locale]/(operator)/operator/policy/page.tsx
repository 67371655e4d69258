import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { currentPolicy, listPolicyVersions } from '#lib/policy/index.ts'
import { PolicyEditor } from './policy-editor.tsx'
import { PolicyHistory } from './policy-history.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('policy')
  return { title: t('title') }
}

export default async function PolicyPage() {
  const { actor } = await requireSession('policy.read', '/operator/policy')
  const [t, { version, document }, versions] = await Promise.all([
    getTranslations('policy'),
    currentPolicy(),
    listPolicyVersions(actor),
  ])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <p className="mt-2 text-ink-muted">{version === 0 ? t('builtIn') : t('current', { version })}</p>
      </PageHeading>
      <PolicyEditor key={version} version={version} document={document} />
      <PolicyHistory current={version} versions={versions} />
    </>
  )
}
