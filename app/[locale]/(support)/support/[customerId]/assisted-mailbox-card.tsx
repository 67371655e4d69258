import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { JobProgress } from '#components/migration/job-progress.tsx'
import { OldHostDeviceList } from '#components/move/old-host-device-list.tsx'
import { Card } from '#components/ui/card.tsx'
import type { Places } from '#lib/doctor/places.ts'
import type { AssistedMailbox } from '#lib/support/read-assisted-mailbox.ts'
import { AgentReleaseForm } from './agent-release-form.tsx'
import type { ApprovedCode } from './approved-code.ts'
import { AssistedCredentials } from './assisted-credentials.tsx'
import { LoginResults } from './login-results.tsx'
import { MailboxDeeds } from './mailbox-deeds.tsx'
import { MailboxState } from './mailbox-state.tsx'
import { RecipeFaults } from './recipe-faults.tsx'

type AssistedMailboxCardProps = {
  readonly customerId: string
  /** the number on record */
  readonly phone: string | null
  readonly mailbox: AssistedMailbox
  readonly approvedCode: ApprovedCode | null
  readonly places: Places
}

/** A caller's mailbox as the agent sees it: how it stands, what goes wrong, what can be done, and then the rest. */
export function AssistedMailboxCard({ customerId, phone, mailbox, approvedCode, places }: AssistedMailboxCardProps) {
  const t = useTranslations('support.page')
  const { id, address, sendingHeldAt, credentials, logins, recipeFaults, oldHostDevices, migration } = mailbox
  return (
    <Card title={<span className="break-all">{address}</span>} titleId={`mailbox-${id}`}>
      <MailboxState mailbox={mailbox} />
      {sendingHeldAt === null ? null : <AgentReleaseForm customerId={customerId} mailboxId={id} />}
      <Part title={t('logins')}>
        <LoginResults results={logins} places={places} />
      </Part>
      <Part title={t('deeds')}>
        <MailboxDeeds customerId={customerId} phone={phone} mailbox={mailbox} approvedCode={approvedCode} />
      </Part>
      <Part title={t('credentials')}>
        <AssistedCredentials customerId={customerId} credentials={credentials} />
      </Part>
      <Part title={t('recipes.title')}>
        <RecipeFaults faults={recipeFaults} />
      </Part>
      <Part title={t('move')}>
        <p className="text-ink-muted">{t(oldHostDevices.length === 0 ? 'noOldHost' : 'oldHost')}</p>
        <OldHostDeviceList devices={oldHostDevices} />
        {migration === null ? (
          <p className="text-ink-muted">{t('noMigration')}</p>
        ) : (
          <>
            <p>{t('migration', { source: migration.sourceName })}</p>
            <JobProgress job={migration} />
          </>
        )}
      </Part>
    </Card>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-6 border-t border-line pt-5">
      <h3 className="mb-2 text-std-18B-160">{title}</h3>
      {children}
    </section>
  )
}
