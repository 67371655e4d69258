import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { buttonClass } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { currentPolicy } from '#lib/policy/index.ts'
import { ImportForm } from './import-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('policy.file')
  return { title: t('title') }
}

export default async function PolicyFilePage() {
  await requireSession('policy.read', '/operator/policy/file')
  const [t, { version }] = await Promise.all([getTranslations('policy.file'), currentPolicy()])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <TextLink standalone href="/operator/policy">
          {t('back')}
        </TextLink>
      </PageHeading>
      <div className="space-y-8">
        <Card titleId="export" title={t('export')}>
          <a href={`/api/policy?version=${version}`} download className={buttonClass('secondary')}>
            {version === 0 ? t('downloadDefault') : t('download', { version })}
          </a>
        </Card>
        <Card titleId="import" title={t('import')} lead={t('importLead')}>
          <ImportForm key={version} />
        </Card>
      </div>
    </>
  )
}
