'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { CheckboxGroup } from '#components/form/checkbox-group.tsx'
import type { FormState } from '#components/form/field-state.ts'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { idle } from '#lib/http/action-state.ts'
import { issueCredentialAction } from './actions.ts'
import type { Choice, ClientChoices } from './client-choices.ts'
import { ClientField } from './client-field.tsx'
import { expiryChoices } from './issue-input.ts'
import { IssuedCredential } from './issued-credential.tsx'

type IssueFormProps = {
  readonly heading: ReactNode
  readonly mailboxes: readonly Choice[]
  readonly clients: ClientChoices
  readonly chosenClient: string
  readonly offersChallengeLogins: boolean
}

const scopes = ['submission', 'pop', 'imap'] as const

/** The form and, in its place, what came out of it: the password is shown here and nowhere else. */
export function IssueForm({ heading, mailboxes, clients, chosenClient, offersChallengeLogins }: IssueFormProps) {
  const t = useTranslations('credentials.new')
  const [state, action] = useActionState(issueCredentialAction, idle)
  if (state.status === 'done') return <IssuedCredential issued={state.result} />
  return (
    <>
      {heading}
      <form action={action} className="space-y-7 rounded-12 border border-line bg-surface p-5 sm:p-7">
        <ActionMessage state={state} />
        {mailboxes.length === 1 ? (
          <input type="hidden" name="mailboxId" value={mailboxes[0]?.value} />
        ) : (
          <SelectField state={state} name="mailboxId" label={t('mailbox')} options={mailboxes} />
        )}
        <ClientField state={state} clients={clients} hint={t('clientHint')} defaultValue={chosenClient} />
        <TextField state={state} name="label" label={t('label')} hint={t('labelHint')} maxLength={60} required />
        <Disclosure summary={t('more')} open={state.status === 'refused'}>
          <MoreFields state={state} offersChallengeLogins={offersChallengeLogins} />
        </Disclosure>
        <SubmitButton className="w-full sm:w-auto">{t('submit')}</SubmitButton>
      </form>
    </>
  )
}

function MoreFields({
  state,
  offersChallengeLogins,
}: Pick<IssueFormProps, 'offersChallengeLogins'> & { state: FormState }) {
  const t = useTranslations('credentials.new')
  return (
    <div className="space-y-7 rounded-8 bg-sunken p-4 sm:p-5">
      <CheckboxGroup
        state={state}
        name="scopes"
        legend={t('scopes')}
        hint={t('scopesHint')}
        options={scopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
        defaultValues={scopes}
      />
      {offersChallengeLogins ? (
        <CheckboxGroup
          state={state}
          name="challengeLogins"
          legend={t('challengeLogins')}
          hint={t('challengeLoginsHint')}
          options={[{ value: 'on', label: t('challengeLoginsOption') }]}
          defaultValues={[]}
        />
      ) : null}
      <SelectField
        state={state}
        name="expiry"
        label={t('expiry')}
        hint={t('expiryHint')}
        options={expiryChoices.map((value) => ({ value, label: t(`expiryChoice.${value}`) }))}
      />
    </div>
  )
}
