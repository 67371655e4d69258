'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ApprovalNotice } from '#components/feedback/approval-notice.tsx'
import { ActionMessage } from '#components/form/action-message.tsx'
import { CheckboxGroup } from '#components/form/checkbox-group.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { SpokenGroups } from '#components/mail/spoken-groups.tsx'
import { idle } from '#lib/http/action-state.ts'
import { dialledNumber } from '#lib/mail/phone-number.ts'
import { setUpPurposes } from '#lib/set-up-code/set-up-purposes.ts'
import type { SetUpCodeOutcome } from '#lib/support/issue-set-up-code.ts'
import { issueSetUpCodeAction } from '../actions.ts'
import type { ApprovedCode } from './approved-code.ts'

type SetUpCodeFormProps = {
  readonly customerId: string
  readonly mailboxId: number
  readonly phone: string | null
  readonly approved: ApprovedCode | null
}

/** After the agent has called back; in its place, once, the code to read out. */
export function SetUpCodeForm({ customerId, mailboxId, phone, approved }: SetUpCodeFormProps) {
  const t = useTranslations('support.page.setUpCode')
  const [state, action] = useActionState(issueSetUpCodeAction, idle)
  if (state.status === 'done' && state.result.outcome === 'issued') return <SpokenCode {...state.result} />
  if (phone === null) return <p>{t('noPhone')}</p>
  return (
    <form action={action} className="space-y-4 rounded-8 border border-line bg-sunken p-4">
      <ActionMessage state={state} />
      {state.status === 'done' ? <ApprovalNotice outcome="awaitingApproval" /> : null}
      <p>{t('body')}</p>
      <input type="hidden" name="customerId" value={customerId} />
      <input type="hidden" name="mailboxId" value={mailboxId} />
      <SelectField
        state={state}
        name="purpose"
        label={t('purpose')}
        defaultValue={approved?.purpose ?? setUpPurposes[0]}
        options={setUpPurposes.map((value) => ({ value, label: t(value) }))}
      />
      <CheckboxGroup
        state={state}
        name="calledBack"
        legend={t('callBack')}
        hint={t('callBackHint')}
        options={[{ value: 'on', label: t('calledBack', { phone: dialledNumber(phone) }) }]}
        defaultValues={[]}
      />
      <ReasonField state={state} readBy="customer" defaultValue={approved?.reason} />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}

type SpokenCodeProps = Omit<Extract<SetUpCodeOutcome, { outcome: 'issued' }>, 'outcome'>

function SpokenCode({ address, place, groups }: SpokenCodeProps) {
  const t = useTranslations('support.page.setUpCode')
  return (
    <DoneNotice of={groups} title={t('issued')}>
      <p>{t('readOut', { address })}</p>
      <p className="typed text-std-18B-160">{place}</p>
      <p>{t('whereElse')}</p>
      <SpokenGroups groups={groups} />
      <p className="mt-3">{t('once')}</p>
    </DoneNotice>
  )
}
