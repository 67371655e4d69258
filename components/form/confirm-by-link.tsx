'use client'

import { useActionState } from 'react'
import { Notice } from '#components/ui/notice.tsx'
import { type ActionState, idle } from '#lib/http/action-state.ts'
import { ActionMessage } from './action-message.tsx'
import { HashTokenField } from './hash-token-field.tsx'
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
      <Notice tone="success" role="status" title={words.done}>
        <p>{words.doneBody}</p>
      </Notice>
    )
  }
  return (
    <form action={action} className="space-y-5">
      <ActionMessage state={state} />
      <HashTokenField />
      <SubmitButton>{words.submit}</SubmitButton>
    </form>
  )
}
