'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Card } from '#components/ui/card.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { ClientChoices } from '../../../(portal)/credentials/new/client-choices.ts'
import { IssuedCredential } from '../../../(portal)/credentials/new/issued-credential.tsx'
import { setUpByLinkAction } from '../actions.ts'

type InvitedFormProps = { readonly heading: ReactNode; readonly token: string; readonly clients: ClientChoices }

export function InvitedForm({ heading, token, clients }: InvitedFormProps) {
  const t = useTranslations('setup.invited')
  const choices = useTranslations('credentials.new')
  const [state, action] = useActionState(setUpByLinkAction, idle)
  if (state.status === 'done') return <IssuedCredential issued={state.result} isSignedIn={false} />
  return (
    <>
      {heading}
      <Card>
        <form action={action} className="space-y-5">
          <ActionMessage state={state} />
          <p>{t('body')}</p>
          <input type="hidden" name="token" value={token} />
          <SelectField
            state={state}
            name="clientId"
            label={t('client')}
            groups={[
              { options: [{ value: '', label: choices('otherClient') }] },
              { label: choices('modernClients'), options: clients.modern },
              { label: choices('noticeClients'), options: clients.notice },
            ]}
          />
          <SubmitButton>{t('submit')}</SubmitButton>
        </form>
      </Card>
    </>
  )
}
