'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Card } from '#components/ui/card.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { ClientChoices } from '../../../(portal)/credentials/new/client-choices.ts'
import { ClientField } from '../../../(portal)/credentials/new/client-field.tsx'
import { IssuedCredential } from '../../../(portal)/credentials/new/issued-credential.tsx'
import { setUpByLinkAction } from '../actions.ts'

type InvitedFormProps = { readonly heading: ReactNode; readonly token: string; readonly clients: ClientChoices }

export function InvitedForm({ heading, token, clients }: InvitedFormProps) {
  const t = useTranslations('setup.invited')
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
          <ClientField state={state} clients={clients} label={t('client')} />
          <SubmitButton>{t('submit')}</SubmitButton>
        </form>
      </Card>
    </>
  )
}
