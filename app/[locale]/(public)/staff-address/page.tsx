import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ConfirmByLink } from '#components/form/confirm-by-link.tsx'
import { Card } from '#components/ui/card.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { confirmOwnAddressAction } from './actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('staffAddress')
  return { title: t('title') }
}

/** Where the letter that asks an address of the staff leads. */
export default async function StaffAddressPage() {
  const t = await getTranslations('staffAddress')
  const words = { submit: t('submit'), done: t('done'), doneBody: t('doneBody') }
  return (
    <div className="mx-auto max-w-[34rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      <Card>
        <ConfirmByLink confirm={confirmOwnAddressAction} words={words} />
      </Card>
    </div>
  )
}
