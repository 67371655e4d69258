import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Card } from '#components/ui/card.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { AcceptForm } from './accept-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('invited')
  return { title: t('title') }
}

/** Where the letter to one of the staff to be leads. */
export default async function InvitedPage() {
  const t = await getTranslations('invited')
  return (
    <div className="mx-auto max-w-[34rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      <Card>
        <AcceptForm />
      </Card>
    </div>
  )
}
