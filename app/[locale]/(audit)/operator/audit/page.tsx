import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { buttonClass } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { listRecords } from '#lib/audit/list-records.ts'
import { trailQuery } from '#lib/audit/trail-query.ts'
import { whoWasAffected } from '#lib/audit/who-was-affected.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { listRetention } from '#lib/retention/list-retention.ts'
import { AffectedList } from './affected-list.tsx'
import { AuditFilter } from './audit-filter.tsx'
import { affectedPath, auditQuery, exportPath } from './audit-query.ts'
import { RecordList } from './record-list.tsx'
import { RetentionTable } from './retention-table.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('audit')
  return { title: t('title') }
}

type PageProps = { readonly searchParams: Promise<Record<string, string | string[]>> }

export default async function AuditPage({ searchParams }: PageProps) {
  const { actor } = await requireSession('audit.read', '/operator/audit')
  const query = auditQuery(await searchParams)
  const asked = trailQuery.safeParse(query)
  const [t, affected, records, retention] = await Promise.all([
    getTranslations('audit'),
    asked.success ? whoWasAffected(actor, query) : null,
    asked.success ? listRecords(actor, query) : [],
    listRetention(actor),
  ])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <AuditFilter query={query} />
      {affected === null ? (
        <Notice tone="danger" role="alert" title={t('unreadable')} />
      ) : (
        <>
          <AffectedList affected={affected} />
          <RecordList records={records} />
          <p className="mt-6 flex flex-wrap gap-3">
            <a href={affectedPath(query)} download className={buttonClass('secondary')}>
              {t('exportAffected')}
            </a>
            <a href={exportPath(query)} download className={buttonClass('secondary')}>
              {t('export')}
            </a>
          </p>
          <p className="mt-2 text-ink-muted">{t('exportHint')}</p>
        </>
      )}
      <RetentionTable views={retention} />
    </>
  )
}
