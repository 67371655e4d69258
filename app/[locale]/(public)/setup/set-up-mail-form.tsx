'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { Card } from '#components/ui/card.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { ClientChoices } from '../../(portal)/credentials/new/client-choices.ts'
import { ClientField } from '../../(portal)/credentials/new/client-field.tsx'
import { IssuedCredential } from '../../(portal)/credentials/new/issued-credential.tsx'
import { setUpMailAction } from './actions.ts'
import { CodeFields } from './code-fields.tsx'

type SetUpMailFormProps = {
  readonly heading: ReactNode
  readonly example: string
  readonly clients: ClientChoices
  /** what else a code may be for */
  readonly children: ReactNode
}

/** What comes of the code takes the place of the whole page: the password is shown here and nowhere else. */
export function SetUpMailForm({ heading, example, clients, children }: SetUpMailFormProps) {
  const t = useTranslations('setup')
  const choices = useTranslations('credentials.new')
  const [state, action] = useActionState(setUpMailAction, idle)
  if (state.status === 'done') return <IssuedCredential issued={state.result} isSignedIn={false} />
  return (
    <>
      {heading}
      <Card title={t('mail.title')} titleId="mail">
        <form action={action} className="space-y-5">
          <ActionMessage state={state} />
          <p>{t('mail.body')}</p>
          <CodeFields state={state} example={example} />
          <ClientField state={state} clients={clients} />
          <TextField
            state={state}
            name="label"
            label={choices('label')}
            hint={choices('labelHint')}
            maxLength={60}
            required
          />
          <SubmitButton>{t('mail.submit')}</SubmitButton>
        </form>
      </Card>
      {children}
    </>
  )
}
