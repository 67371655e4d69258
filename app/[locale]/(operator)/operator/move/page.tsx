import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { HostChart } from '#components/move/host-chart.tsx'
import { Card } from '#components/ui/card.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { dryRun } from '#lib/move/dry-run.ts'
import { hostHistory } from '#lib/move/host-history.ts'
import { currentPolicy, listPolicyVersions } from '#lib/policy/index.ts'
import { DryRunForm } from './dry-run-form.tsx'
import { dryRunQuery } from './dry-run-query.ts'
import { LossList } from './loss-list.tsx'
import { WaveForm } from './wave-form.tsx'
import { WaveList } from './wave-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('move')
  return { title: t('title') }
}

type PageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function MovePage({ searchParams }: PageProps) {
  const { actor } = await requireSession('move.plan', '/operator/move')
  const query = dryRunQuery.safeParse(await searchParams)
  const [t, days, { version, document }, versions, result] = await Promise.all([
    getTranslations('move'),
    hostHistory(actor),
    currentPolicy(),
    listPolicyVersions(actor),
    query.success ? dryRun(actor, query.data) : null,
  ])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <div className="space-y-8">
        <Card title={t('chart.title')} titleId="chart" lead={t('chart.lead')}>
          <HostChart days={days} />
        </Card>
        <Card title={t('waves.title')} titleId="waves" lead={t('waves.lead')}>
          <WaveList key={version} version={version} waves={document.oldHost.waves} />
          <p className="mb-6">
            {t(document.oldHost.sendsByMxPort ? 'mxSending.on' : 'mxSending.off')}{' '}
            <TextLink href="/operator/policy">{t('mxSending.change')}</TextLink>
          </p>
          <WaveForm key={`new ${version}`} version={version} />
        </Card>
        <Card title={t('dryRun.title')} titleId="dry-run" lead={t('dryRun.lead')}>
          <DryRunForm
            query={query.success ? query.data : null}
            versions={versions.map((each) => ({ version: each.version, note: each.note }))}
          />
          {query.success && result !== null ? <LossList query={query.data} result={result} /> : null}
        </Card>
      </div>
    </>
  )
}
