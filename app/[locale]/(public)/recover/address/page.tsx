import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ConfirmByLink } from '#components/form/confirm-by-link.tsx'
import { Card } from '#components/ui/card.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { verifyRecoveryAddressAction } from '../actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('recover.address')
  return { title: t('title') }
}

/** Where the letter that asks a second address leads. */
export default async function VerifyAddressPage() {
  const t = await getTranslations('recover.address')
  const words = { submit: t('submit'), done: t('done'), doneBody: t('doneBody') }
  return (
    <div className="mx-auto max-w-[34rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      <Card>
        <ConfirmByLink confirm={verifyRecoveryAddressAction} words={words} />
      </Card>
    </div>
  )
}
