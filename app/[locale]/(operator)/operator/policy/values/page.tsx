import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { listPolicyOrigins } from '#lib/policy/list-policy-origins.ts'
import { ValueTable } from './value-table.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('policy.values')
  return { title: t('title') }
}

export default async function PolicyValuesPage() {
  const { actor } = await requireSession('policy.read', '/operator/policy/values')
  const [t, values] = await Promise.all([getTranslations('policy.values'), listPolicyOrigins(actor)])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <TextLink standalone href="/operator/policy">
          {t('back')}
        </TextLink>
      </PageHeading>
      <ValueTable values={values} />
    </>
  )
}
