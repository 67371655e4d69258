'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { PasswordField } from '#components/form/password-field.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { startOwnMigrationAction } from './actions.ts'

type StartFormProps = {
  readonly mailboxId: number
  readonly sources: readonly { readonly id: string; readonly name: string }[]
}

export function StartForm({ mailboxId, sources }: StartFormProps) {
  const t = useTranslations('migration.own')
  const [state, action] = useActionState(startOwnMigrationAction, idle)
  return (
    <form action={action} className="space-y-5">
      <ActionMessage state={state} />
      <input type="hidden" name="mailboxId" value={mailboxId} />
      <SelectField
        state={state}
        name="sourceId"
        label={t('source')}
        options={sources.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextField
        state={state}
        name="sourceLogin"
        label={t('login')}
        hint={t('loginHint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <PasswordField
        state={state}
        name="sourcePassword"
        label={t('password')}
        hint={t('passwordHint')}
        autoComplete="off"
        required
      />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}
