'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { RadioCards } from '#components/form/radio-cards.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { HostName } from '#components/ui/host-name.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { SendingMethod } from '#lib/accounts/index.ts'
import { idle } from '#lib/http/action-state.ts'
import { chooseSendingMethodAction } from './actions.ts'

type MethodFormProps = {
  readonly mailboxId: number
  readonly current: SendingMethod
  readonly hosts: { readonly pop: string; readonly smtp: string; readonly smtpa: string }
  readonly minutes: number
  readonly canPopBeforeSmtp: boolean
}

export function MethodForm({ mailboxId, current, hosts, minutes, canPopBeforeSmtp }: MethodFormProps) {
  const t = useTranslations('sendingMethod')
  const [state, action] = useActionState(chooseSendingMethodAction, idle)
  return (
    <form action={action} className="space-y-6">
      <ActionMessage state={state} />
      {state.status === 'done' ? (
        <DoneNotice of={state} title={t(`done.${state.result}`)}>
          <p>{t('done.next')}</p>
        </DoneNotice>
      ) : null}
      <input type="hidden" name="mailboxId" value={mailboxId} />
      <RadioCards
        key={current}
        name="method"
        legend={t('title')}
        defaultValue={current}
        options={[
          {
            value: 'SMTP_AUTH',
            title: t('SMTP_AUTH.title'),
            body: <p>{t.rich('SMTP_AUTH.body', { host: () => <HostName>{hosts.smtpa}</HostName> })}</p>,
          },
          {
            value: 'POP_BEFORE_SMTP',
            title: t('POP_BEFORE_SMTP.title'),
            disabled: !canPopBeforeSmtp && current !== 'POP_BEFORE_SMTP',
            body: <PopBeforeSmtp hosts={hosts} minutes={minutes} isAllowed={canPopBeforeSmtp} />,
          },
        ]}
      />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}

function PopBeforeSmtp({
  hosts,
  minutes,
  isAllowed,
}: Pick<MethodFormProps, 'hosts' | 'minutes'> & { isAllowed: boolean }) {
  const t = useTranslations('sendingMethod.POP_BEFORE_SMTP')
  const names = { pop: () => <HostName>{hosts.pop}</HostName>, smtp: () => <HostName>{hosts.smtp}</HostName> }
  return (
    <>
      {isAllowed ? null : <Notice title={t('forbidden')} />}
      <p>{t.rich('body', { ...names, minutes })}</p>
      <ol className="list-decimal space-y-1 pl-6">
        <li>{t('step1')}</li>
        <li>{t('step2', { minutes })}</li>
      </ol>
      <Notice tone="warning" title={t('riskTitle')}>
        <p>{t('risk')}</p>
      </Notice>
    </>
  )
}
