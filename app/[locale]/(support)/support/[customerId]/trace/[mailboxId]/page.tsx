import { Mails } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getFormatter, getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Actor } from '#lib/accounts/index.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { readTrace, readTraceInput } from '#lib/trace-consent/read-trace.ts'
import { SentItem } from '../../../../../(portal)/sent/sent-item.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('support.trace')
  return { title: t('metaTitle') }
}

type PageProps = { readonly params: Promise<{ customerId: string; mailboxId: string }> }

export default async function TracePage({ params }: PageProps) {
  const { actor } = await requireSession('customer.trace')
  const given = await params
  const [t, format, trace] = await Promise.all([
    getTranslations('support.trace'),
    getFormatter(),
    allowedTrace(actor, given),
  ])
  const { messages, address, allowedUntil } = trace
  return (
    <>
      <TextLink standalone href={`/support/${given.customerId}`}>
        {t('back')}
      </TextLink>
      <PageHeading title={t('title', { address })} lead={t('lead')}>
        <p className="mt-2 text-ink-muted">
          {t('until', { time: format.dateTime(allowedUntil, { timeStyle: 'short' }) })}
        </p>
      </PageHeading>
      {messages.length === 0 ? (
        <EmptyState icon={Mails} title={t('empty')}>
          {t('emptyBody')}
        </EmptyState>
      ) : (
        <ul className="space-y-4">
          {messages.map((message) => (
            <SentItem key={message.id} message={message} from={undefined} />
          ))}
        </ul>
      )}
    </>
  )
}

/** Without the owner's consent there is no such page. */
async function allowedTrace(actor: Actor, given: { customerId: string; mailboxId: string }) {
  const input = readTraceInput.safeParse(given)
  if (!input.success) notFound()
  try {
    return await readTrace(actor, input.data)
  } catch (error) {
    if (error instanceof AppError && error.code !== 'unavailable') notFound()
    throw error
  }
}
