'use client'

import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { type ActionState, idle } from '#lib/http/action-state.ts'

type AddressFormProps = {
  readonly action: (previous: ActionState<void>, form: FormData) => Promise<ActionState<void>>
  readonly label: string
  readonly hint: string
  readonly submit: string
}

/** Asks for an address, to which a letter with a link then goes. */
export function AddressForm({ action: send, label, hint, submit }: AddressFormProps) {
  const [state, action] = useActionState<ActionState<void>, FormData>(send, idle)
  return (
    <form action={action} className="space-y-5">
      <ActionMessage state={state} />
      <TextField
        state={state}
        name="address"
        label={label}
        hint={hint}
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        required
      />
      <SubmitButton tone="secondary">{submit}</SubmitButton>
    </form>
  )
}
