'use client'

import { useTranslations } from 'next-intl'
import type { ActionState } from '#lib/http/action-state.ts'
import { PasswordField } from './password-field.tsx'
import { TextField } from './text-field.tsx'

type IdentityFieldsProps = { readonly state: ActionState<unknown>; readonly asksForCode: boolean }

/** With what somebody who is signed in proves once more who they are. */
export function IdentityFields({ state, asksForCode }: IdentityFieldsProps) {
  const t = useTranslations('forms.identity')
  return (
    <>
      <PasswordField
        state={state}
        name="password"
        label={t('password')}
        hint={t('passwordHint')}
        autoComplete="current-password"
        required
      />
      {asksForCode ? (
        <TextField
          state={state}
          name="code"
          label={t('code')}
          hint={t('codeHint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={20}
          required
        />
      ) : null}
    </>
  )
}
