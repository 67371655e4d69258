import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { listPolicyVersions, policyInForce } from '#lib/policy/index.ts'
import { PolicyHistory } from './policy-history.tsx'
import { PolicySaving } from './policy-saving.tsx'
import { RolloutCard } from './rollout-card.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('policy')
  return { title: t('title') }
}

const pages = ['values', 'compare', 'file'] as const

export default async function PolicyPage() {
  const { actor } = await requireSession('policy.read', '/operator/policy')
  const [t, { ruling, rollout }, versions] = await Promise.all([
    getTranslations('policy'),
    policyInForce(),
    listPolicyVersions(actor),
  ])
  const { version, document } = ruling
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <p className="mt-2 text-ink-muted">{version === 0 ? t('builtIn') : t('current', { version })}</p>
        <p className="screen-only mt-1 flex flex-wrap gap-x-6">
          {pages.map((page) => (
            <TextLink key={page} standalone href={`/operator/policy/${page}`}>
              {t(`pages.${page}`)}
            </TextLink>
          ))}
        </p>
      </PageHeading>
      {rollout === null ? null : <RolloutCard version={rollout.version} ruling={version} extent={rollout.extent} />}
      <PolicySaving version={version} document={document} isRolling={rollout !== null} />
      <PolicyHistory current={version} versions={versions} />
    </>
  )
}
