import { useTranslations } from 'next-intl'
import { Disclosure } from '#components/ui/disclosure.tsx'
import type { AssistedMailbox } from '#lib/support/read-assisted-mailbox.ts'
import type { ApprovedCode } from './approved-code.ts'
import { GuardedDeedForm } from './guarded-deed-form.tsx'
import { SetUpCodeForm } from './set-up-code-form.tsx'
import { SuspensionForm } from './suspension-form.tsx'
import { TraceForm } from './trace-form.tsx'

type MailboxDeedsProps = {
  readonly customerId: string
  /** the number on record */
  readonly phone: string | null
  readonly mailbox: Pick<AssistedMailbox, 'id' | 'suspendedAt' | 'trace'>
  readonly approvedCode: ApprovedCode | null
}

/** What an agent may do with a mailbox, each folded until it is wanted. */
export function MailboxDeeds({ customerId, phone, mailbox, approvedCode }: MailboxDeedsProps) {
  const t = useTranslations('support.page')
  const whose = { customerId, mailboxId: mailbox.id }
  const isSuspended = mailbox.suspendedAt !== null
  return (
    <>
      <Disclosure summary={t('setUpCode.open')} open={approvedCode !== null}>
        <SetUpCodeForm {...whose} phone={phone} approved={approvedCode} />
      </Disclosure>
      <Disclosure summary={t('shutOut.open')}>
        <GuardedDeedForm {...whose} deed="shutOut" />
      </Disclosure>
      <Disclosure summary={t(isSuspended ? 'suspension.resumeOpen' : 'suspension.suspendOpen')}>
        <SuspensionForm {...whose} isSuspended={isSuspended} />
      </Disclosure>
      <Disclosure summary={t('secondStep.open')}>
        <GuardedDeedForm {...whose} deed="secondStep" />
      </Disclosure>
      <Disclosure summary={t('trace.open')}>
        <TraceForm {...whose} state={mailbox.trace} />
      </Disclosure>
    </>
  )
}
