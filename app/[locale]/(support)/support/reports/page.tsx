import { ClipboardCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { VerdictForm } from '#components/form/verdict-form.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { type ClientReportView, listClientReports } from '#lib/evidence/list-client-reports.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import { methodNames } from '#lib/guides/guide-texts.ts'
import { decideClientReportAction } from './actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reports')
  return { title: t('title') }
}

export default async function ReportsPage() {
  const { actor } = await requireSession('clientReport.decide', '/support/reports')
  const [t, reports] = await Promise.all([getTranslations('reports'), listClientReports(actor)])
  return (
    <div className="max-w-[46rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      {reports.length === 0 ? (
        <EmptyState icon={ClipboardCheck} title={t('empty.title')}>
          <p>{t('empty.body')}</p>
        </EmptyState>
      ) : null}
      <ul className="space-y-4">
        {reports.map((report) => (
          <ReportItem key={report.id} report={report} />
        ))}
      </ul>
    </div>
  )
}

async function ReportItem({ report }: { report: ClientReportView }) {
  const [t, format, language] = await Promise.all([getTranslations('reports'), getFormatter(), getLocale()])
  const { id, clientId, sendingMethod, works, at, lastLoginAt } = report
  const moment = (date: Date) => format.dateTime(date, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <li className="rounded-12 border border-line bg-surface p-5">
      <StatusBadge tone={works ? 'good' : 'bad'}>{t(works ? 'works' : 'fails')}</StatusBadge>
      <h2 className="mt-2 text-std-18B-160">{findClient(clientId)?.name[language] ?? clientId}</h2>
      <p>{methodNames[sendingMethod === 'SMTP_AUTH' ? 'smtp-auth' : 'pop-before-smtp'][language]}</p>
      <p className="text-ink-muted">{t('at', { at: moment(at) })}</p>
      <p className="mt-1">{lastLoginAt === null ? t('notSeen') : t('seen', { at: moment(lastLoginAt) })}</p>
      <VerdictForm
        action={decideClientReportAction}
        subject={{ name: 'reportId', id }}
        yes={{ value: 'confirmed', label: t('confirm') }}
        no={{ value: 'setAside', label: t('setAside') }}
      />
    </li>
  )
}
