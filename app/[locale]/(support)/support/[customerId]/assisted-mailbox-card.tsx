import { useTranslations } from 'next-intl'
import { TroubleText } from '#components/activity/trouble-text.tsx'
import { CredentialFacts } from '#components/mail/credential-facts.tsx'
import { OldHostDeviceList } from '#components/move/old-host-device-list.tsx'
import { Card } from '#components/ui/card.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { isUsable } from '#lib/activity/next-step.ts'
import type { AssistedMailbox } from '#lib/support/read-customer.ts'
import { AgentReleaseForm } from './agent-release-form.tsx'
import { AgentRevokeForm } from './agent-revoke-form.tsx'
import { LoginLine } from './login-line.tsx'
import { SecondStepForm } from './second-step-form.tsx'
import { SetUpCodeForm } from './set-up-code-form.tsx'
import { ShutOutForm } from './shut-out-form.tsx'
import { SuspensionForm } from './suspension-form.tsx'
import { TraceForm } from './trace-form.tsx'

type AssistedMailboxCardProps = {
  readonly customerId: string
  /** the number on record */
  readonly phone: string | null
  readonly mailbox: AssistedMailbox
}

/** A caller's mailbox as the agent sees it. */
export function AssistedMailboxCard({ customerId, phone, mailbox }: AssistedMailboxCardProps) {
  const t = useTranslations('support.page')
  const { id, address, sendingMethod, suspendedAt, sendingHeldAt, credentials, logins } = mailbox
  return (
    <Card title={address} titleId={`mailbox-${id}`}>
      <p className="mb-4 flex flex-wrap gap-x-6 gap-y-2">
        <StatusBadge tone={suspendedAt === null ? 'good' : 'bad'}>
          {suspendedAt === null ? t('active') : t('suspended')}
        </StatusBadge>
        <span>{t(`method.${sendingMethod}`)}</span>
        <span>{t('fullness', { percent: Math.round((mailbox.usedBytes / mailbox.quotaBytes) * 100) })}</span>
        <span>{t('sentToday', { count: mailbox.recipientsOfDay, limit: mailbox.maxRecipientsPerDay })}</span>
      </p>
      {sendingHeldAt === null ? null : <AgentReleaseForm customerId={customerId} mailboxId={id} />}
      <Disclosure summary={t('setUpCode.open')}>
        <SetUpCodeForm customerId={customerId} mailboxId={id} phone={phone} />
      </Disclosure>
      <Disclosure summary={t('shutOut.open')}>
        <ShutOutForm customerId={customerId} mailboxId={id} />
      </Disclosure>
      <Disclosure summary={t(suspendedAt === null ? 'suspension.suspendOpen' : 'suspension.resumeOpen')}>
        <SuspensionForm customerId={customerId} mailboxId={id} isSuspended={suspendedAt !== null} />
      </Disclosure>
      <Disclosure summary={t('secondStep.open')}>
        <SecondStepForm customerId={customerId} mailboxId={id} />
      </Disclosure>
      {mailbox.oldHostDevices.length === 0 ? null : (
        <>
          <h3 className="mt-6 mb-3 text-std-18B-160">{t('oldHost')}</h3>
          <OldHostDeviceList devices={mailbox.oldHostDevices} />
        </>
      )}
      <Disclosure summary={t('trace.open')}>
        <TraceForm customerId={customerId} mailboxId={id} state={mailbox.trace} />
      </Disclosure>
      <h3 className="mt-6 mb-3 text-std-18B-160">{t('credentials')}</h3>
      {credentials.length === 0 ? <p className="text-ink-muted">{t('noCredentials')}</p> : null}
      <ul className="grid gap-4 lg:grid-cols-2">
        {credentials.map((credential) => (
          <li key={credential.id} className="rounded-8 border border-line p-4">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <h4 className="text-std-16B-170">{credential.label}</h4>
              {isUsable(credential) ? null : <StatusBadge tone="off">{t('notUsable')}</StatusBadge>}
            </div>
            <CredentialFacts credential={credential} />
            {isUsable(credential) ? (
              <Disclosure summary={t('revoke.open')} className="mt-2">
                <AgentRevokeForm customerId={customerId} credentialId={credential.id} />
              </Disclosure>
            ) : null}
          </li>
        ))}
      </ul>
      <h3 className="mt-8 mb-1 text-std-18B-160">{t('logins')}</h3>
      {logins.length === 0 ? <p className="text-ink-muted">{t('noLogins')}</p> : null}
      <ul className="divide-y divide-line">
        {logins.map((event) => (
          <li key={event.id} className="py-3">
            {event.outcome === 'loggedIn' ? <LoginLine event={event} /> : <TroubleText event={event} />}
          </li>
        ))}
      </ul>
    </Card>
  )
}
