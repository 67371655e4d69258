'use client'

import { useActionState } from 'react'
import { type ActionState, idle } from '#lib/http/action-state.ts'
import { DoneNotice } from './done-notice.tsx'
import { LinkForm } from './link-form.tsx'
import { SubmitButton } from './submit-button.tsx'

type ConfirmByLinkProps = {
  readonly confirm: (previous: ActionState<void>, form: FormData) => Promise<ActionState<void>>
  readonly words: { readonly submit: string; readonly done: string; readonly doneBody: string }
}

/** For whoever followed a link of a letter. A button, because programs that check mail open links. */
export function ConfirmByLink({ confirm, words }: ConfirmByLinkProps) {
  const [state, action] = useActionState(confirm, idle)
  if (state.status === 'done') {
    return (
      <DoneNotice of={state} title={words.done}>
        <p>{words.doneBody}</p>
      </DoneNotice>
    )
  }
  return (
    <LinkForm action={action} state={state}>
      <SubmitButton>{words.submit}</SubmitButton>
    </LinkForm>
  )
}
