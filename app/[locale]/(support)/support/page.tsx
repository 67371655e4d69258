import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { countLookUps } from '#lib/support/find-customers.ts'
import { SearchForm } from './search-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('support')
  return { title: t('title') }
}

export default async function SupportPage() {
  const { actor } = await requireSession('customer.search', '/support')
  const [t, lookUps] = await Promise.all([getTranslations('support'), countLookUps(actor)])
  return (
    <div className="max-w-[46rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      <SearchForm />
      <Notice title={t('secrecy.title')} className="mt-8">
        <p>{t('secrecy.body')}</p>
        <p>{t('lookUps', { count: lookUps })}</p>
      </Notice>
    </div>
  )
}
