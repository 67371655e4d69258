import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { listDnsRecords } from '#lib/published-dns/list-dns-records.ts'
import { DomainChoice } from './domain-choice.tsx'
import { RecordList } from './record-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('dns')
  return { title: t('title') }
}

type PageProps = { readonly searchParams: Promise<{ domain?: string | string[] }> }

export default async function DnsPage({ searchParams }: PageProps) {
  const { actor } = await requireSession('dns.read', '/operator/dns')
  const { domain: wanted } = await searchParams
  const [t, view] = await Promise.all([
    getTranslations('dns'),
    listDnsRecords(actor, { domain: typeof wanted === 'string' ? wanted : undefined }),
  ])
  const { domain, domains, records, hasPortalName } = view
  const open = records.filter(({ state }) => state !== 'published').length
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <p className="mt-3">
          {open === 0 ? t('complete', { domain }) : t('open', { domain, open, all: records.length })}
        </p>
        <p className="screen-only mt-1 flex flex-wrap gap-x-6">
          <TextLink standalone href={`/operator/dns?domain=${domain}`}>
            {t('again')}
          </TextLink>
          <TextLink standalone href="/operator/dkim">
            {t('dkim')}
          </TextLink>
        </p>
      </PageHeading>
      <DomainChoice domain={domain} domains={domains} />
      {hasPortalName ? null : (
        <Notice tone="warning" title={t('noName.title')} className="mb-8">
          <p>{t('noName.body')}</p>
        </Notice>
      )}
      <RecordList records={records} />
    </>
  )
}
