import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { MessagePage } from '#components/feedback/message-page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Actor } from '#lib/accounts/index.ts'
import { listOwnApprovals } from '#lib/approved-deeds/list-approvals.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { placesOf } from '#lib/doctor/places.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { loadConnectionSettings } from '#lib/guides/load-connection-settings.ts'
import { readCustomer } from '#lib/support/read-customer.ts'
import { OwnApprovals } from '../../../(staff)/support/approvals/own-approvals.tsx'
import { approvedCode } from './approved-code.ts'
import { AssistedMailboxCard } from './assisted-mailbox-card.tsx'
import { ContactCard } from './contact-card.tsx'
import { SignInCard } from './sign-in-card.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('support.page')
  return { title: t('metaTitle') }
}

type PageProps = { readonly params: Promise<{ customerId: string }> }

export default async function CustomerPage({ params }: PageProps) {
  const { actor } = await requireSession('customer.read')
  const { customerId } = await params
  const [t, customer, approvals, settings] = await Promise.all([
    getTranslations('support.page'),
    openedCustomer(actor, customerId),
    listOwnApprovals(actor, { customerId }),
    loadConnectionSettings(),
  ])
  if (customer instanceof AppError) {
    return (
      <MessagePage title={t('notOpen')} actions={<ButtonLink href="/support">{t('toSearch')}</ButtonLink>}>
        <p>{customer.userMessage[await getLocale()]}</p>
      </MessagePage>
    )
  }
  return (
    <>
      <TextLink standalone href="/support">
        {t('toSearch')}
      </TextLink>
      <PageHeading title={t('title', { name: customer.name })} lead={t('kana', { kana: customer.nameKana })}>
        <p className="mt-2 text-ink-muted">{t('contract', { number: customer.contractNumber })}</p>
        <p className="text-ink-muted">{t('because', { reason: customer.reason })}</p>
      </PageHeading>
      <div className="space-y-8">
        <OwnApprovals approvals={approvals} isThere />
        {customer.mailboxes.map((mailbox) => (
          <AssistedMailboxCard
            key={mailbox.id}
            customerId={customer.customerId}
            phone={customer.contact?.phone ?? null}
            mailbox={mailbox}
            approvedCode={approvedCode(approvals, mailbox.id)}
            places={placesOf(settings)}
          />
        ))}
        <div className="grid gap-8 lg:grid-cols-2 lg:items-start">
          <ContactCard customerId={customer.customerId} contact={customer.contact} />
          <SignInCard signIn={customer.signIn} />
        </div>
      </div>
    </>
  )
}

/** The refusal, where this agent has not opened the page with a reason. */
async function openedCustomer(actor: Actor, customerId: string) {
  if (!z.uuid().safeParse(customerId).success) notFound()
  try {
    return await readCustomer(actor, customerId)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    if (error instanceof AppError && error.code === 'forbidden') return error
    throw error
  }
}
