'use client'

import { useActionState } from 'react'
import { type ActionState, idle } from '#lib/http/action-state.ts'
import { ActionMessage } from './action-message.tsx'
import { SubmitButton } from './submit-button.tsx'

type Verdict = { readonly value: string; readonly label: string }

type VerdictFormProps = {
  readonly action: (previous: ActionState<void>, form: FormData) => Promise<ActionState<void>>
  /** what is decided about */
  readonly subject: { readonly name: string; readonly id: string }
  readonly yes: Verdict
  readonly no: Verdict
}

/** One thing to decide, by one of two buttons. */
export function VerdictForm({ action: decide, subject, yes, no }: VerdictFormProps) {
  const [state, action] = useActionState(decide, idle)
  return (
    <form action={action} className="mt-4 space-y-4">
      <ActionMessage state={state} />
      <input type="hidden" name={subject.name} value={subject.id} />
      <p className="flex flex-wrap gap-3">
        <SubmitButton name="verdict" value={yes.value}>
          {yes.label}
        </SubmitButton>
        <SubmitButton name="verdict" value={no.value} tone="secondary">
          {no.label}
        </SubmitButton>
      </p>
    </form>
  )
}
