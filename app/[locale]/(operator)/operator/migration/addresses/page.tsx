import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { siteEnv } from '#lib/env/site.ts'
import { MapForm } from './map-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('addressMap')
  return { title: t('title') }
}

export default async function AddressMapPage() {
  await requireSession('accounts.change', '/operator/migration/addresses')
  const t = await getTranslations('addressMap')
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <MapForm domains={siteEnv().hostedDomains} />
    </>
  )
}
