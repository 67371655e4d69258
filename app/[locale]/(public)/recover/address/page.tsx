import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Card } from '#components/ui/card.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { VerifyAddressForm } from './verify-address-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('recover.address')
  return { title: t('title') }
}

/** Where the letter that asks a second address leads. A button, because programs that check mail open links. */
export default async function VerifyAddressPage() {
  const t = await getTranslations('recover.address')
  return (
    <div className="mx-auto max-w-[34rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      <Card>
        <VerifyAddressForm />
      </Card>
    </div>
  )
}
