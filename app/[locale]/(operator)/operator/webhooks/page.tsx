import { Webhook } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { Card } from '#components/ui/card.tsx'
import { DataTable } from '#components/ui/data-table.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { listDeliveries } from '#lib/webhooks/deliveries.ts'
import { listEndpoints } from '#lib/webhooks/manage-endpoints.ts'
import { AddForm } from './add-form.tsx'
import { DeliveryRow } from './delivery-row.tsx'
import { EndpointCard } from './endpoint-card.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('webhooks')
  return { title: t('title') }
}

export default async function WebhooksPage() {
  const { actor } = await requireSession('webhook.read', '/operator/webhooks')
  const [t, endpoints, deliveries] = await Promise.all([
    getTranslations('webhooks'),
    listEndpoints(actor),
    listDeliveries(actor),
  ])
  const nameOf = new Map(endpoints.map(({ id, description }) => [id, description]))
  const head = [t('at'), t('endpoint'), t('what'), t('result'), t('tries'), t('action')]
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <Card titleId="add" title={t('addTitle')} className="mb-8">
        <AddForm />
      </Card>
      <h2 className="mb-4 text-std-22B-150">{t('listTitle')}</h2>
      {endpoints.length === 0 ? (
        <EmptyState icon={Webhook} title={t('empty.title')}>
          <p>{t('empty.body')}</p>
        </EmptyState>
      ) : (
        <ul className="space-y-4">
          {endpoints.map((endpoint) => (
            <EndpointCard key={endpoint.id} endpoint={endpoint} />
          ))}
        </ul>
      )}
      {deliveries.length === 0 ? null : (
        <section aria-labelledby="log" className="mt-10">
          <h2 id="log" className="mb-4 text-std-22B-150">
            {t('log')}
          </h2>
          <DataTable caption={t('log')} head={head} className="rounded-12 border border-line bg-surface">
            {deliveries.map((delivery) => (
              <DeliveryRow key={delivery.id} delivery={delivery} to={nameOf.get(delivery.endpointId) ?? ''} />
            ))}
          </DataTable>
        </section>
      )}
    </>
  )
}
