'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { SpokenGroups } from '#components/mail/spoken-groups.tsx'
import { Card } from '#components/ui/card.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import type { MailboxView } from '#lib/accounts/index.ts'
import { idle } from '#lib/http/action-state.ts'
import type { ShownTraceCode } from '#lib/trace-consent/show-trace-code.ts'
import { showTraceCodeAction } from './actions.ts'

type TraceCodeCardProps = { readonly mailboxes: readonly Pick<MailboxView, 'id' | 'address'>[] }

/** Somebody of our support is on the telephone and wants to see with whom the reader corresponds. */
export function TraceCodeCard({ mailboxes }: TraceCodeCardProps) {
  const t = useTranslations('home.traceCode')
  const [state, action] = useActionState(showTraceCodeAction, idle)
  const [first] = mailboxes
  if (first === undefined) return null
  return (
    <Card>
      <Disclosure summary={t('open')}>
        <form action={action} className="space-y-4">
          <ActionMessage state={state} />
          {state.status === 'done' ? <ShownCode code={state.result} /> : <p>{t('body')}</p>}
          {mailboxes.length === 1 ? (
            <input type="hidden" name="mailboxId" value={first.id} />
          ) : (
            <SelectField
              state={state}
              name="mailboxId"
              label={t('mailbox')}
              options={mailboxes.map(({ id, address }) => ({ value: String(id), label: address }))}
            />
          )}
          <SubmitButton tone="secondary">{t(state.status === 'done' ? 'again' : 'submit')}</SubmitButton>
        </form>
      </Disclosure>
    </Card>
  )
}

/** Shown once, as the secret that it is. */
function ShownCode({ code: { address, groups, expiresAt } }: { code: ShownTraceCode }) {
  const t = useTranslations('home.traceCode')
  const format = useFormatter()
  return (
    <DoneNotice of={groups} title={t('shown')}>
      <SpokenGroups groups={groups} />
      <p className="mt-3 break-words">
        {t('until', { address, time: format.dateTime(expiresAt, { timeStyle: 'short' }) })}
      </p>
    </DoneNotice>
  )
}
