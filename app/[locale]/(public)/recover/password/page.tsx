import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Card } from '#components/ui/card.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { RecoveredPasswordForm } from './recovered-password-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('recover.password')
  return { title: t('title') }
}

/** Where the letter to the second address leads. */
export default async function RecoveredPasswordPage() {
  const t = await getTranslations('recover.password')
  return (
    <div className="mx-auto max-w-[34rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      <Card>
        <RecoveredPasswordForm />
      </Card>
    </div>
  )
}
