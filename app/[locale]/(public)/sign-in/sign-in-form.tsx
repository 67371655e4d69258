'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { PasswordField } from '#components/form/password-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { signInAction } from './actions.ts'

export function SignInForm({ next, example }: { next: string | null; example: string }) {
  const t = useTranslations('signIn')
  const [state, action] = useActionState(signInAction, idle)
  return (
    <form action={action} className="space-y-5">
      <ActionMessage state={state} />
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <TextField
        state={state}
        name="login"
        label={t('login')}
        hint={t('loginHint', { example })}
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <PasswordField state={state} name="password" label={t('password')} autoComplete="current-password" required />
      <SubmitButton className="w-full">{t('submit')}</SubmitButton>
    </form>
  )
}
