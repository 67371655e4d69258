'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { passSecondStepAction } from '../actions.ts'

type SecondStepFormProps = { readonly kind: 'authenticatorApp' | 'recoveryCode'; readonly next: string | null }

export function SecondStepForm({ kind, next }: SecondStepFormProps) {
  const t = useTranslations('signIn.secondStep')
  const [state, action] = useActionState(passSecondStepAction, idle)
  const isApp = kind === 'authenticatorApp'
  return (
    <form action={action} className="space-y-5">
      <ActionMessage state={state} />
      <input type="hidden" name="kind" value={kind} />
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <TextField
        state={state}
        name="code"
        label={t(`${kind}.label`)}
        hint={t(`${kind}.hint`)}
        autoComplete={isApp ? 'one-time-code' : 'off'}
        inputMode={isApp ? 'numeric' : 'text'}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        required
      />
      <SubmitButton tone={isApp ? 'primary' : 'secondary'} className="w-full">
        {t(`${kind}.submit`)}
      </SubmitButton>
    </form>
  )
}
