import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { textLinkClass } from '#components/ui/text-link.tsx'
import { describeOperations } from '#lib/api/describe-operations.ts'
import { OperationItem } from './operation-item.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('apiReference')
  return { title: t('title') }
}

/** What lib/api serves, for people; /api/v1/openapi.json says the same to programs. */
export default async function ApiReferencePage() {
  const [t, locale] = await Promise.all([getTranslations('apiReference'), getLocale()])
  const rules = ['token', 'pages', 'key', 'problems', 'limit'] as const
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <a href="/api/v1/openapi.json" className={`${textLinkClass} inline-flex min-h-11 items-center`}>
          {t('openapi')}
        </a>
      </PageHeading>
      <dl className="mb-10 space-y-4">
        {rules.map((rule) => (
          <div key={rule}>
            <dt className="text-std-18B-160">{t(`rule.${rule}.title`)}</dt>
            <dd>{t(`rule.${rule}.text`)}</dd>
          </div>
        ))}
      </dl>
      <ul className="space-y-4">
        {describeOperations(locale).map((operation) => (
          <OperationItem key={operation.id} operation={operation} />
        ))}
      </ul>
    </>
  )
}
