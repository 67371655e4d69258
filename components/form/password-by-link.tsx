'use client'

import { useActionState } from 'react'
import { ButtonLink } from '#components/ui/button.tsx'
import { type ActionState, idle } from '#lib/http/action-state.ts'
import { DoneNotice } from './done-notice.tsx'
import { LinkForm } from './link-form.tsx'
import { NewPasswordField } from './new-password-field.tsx'
import { SubmitButton } from './submit-button.tsx'

type PasswordByLinkProps<Result> = {
  readonly choose: (previous: ActionState<Result>, form: FormData) => Promise<ActionState<Result>>
  readonly words: Readonly<Record<'label' | 'hint' | 'submit' | 'done' | 'signIn', string>>
  readonly doneBody: (result: Result) => string
}

/** Whoever came by a link that is good once chooses a password, and signs in with it. */
export function PasswordByLink<Result>({ choose, words, doneBody }: PasswordByLinkProps<Result>) {
  const [state, action] = useActionState<ActionState<Result>, FormData>(choose, idle)
  if (state.status === 'done') {
    return (
      <DoneNotice of={state} title={words.done}>
        <p>{doneBody(state.result)}</p>
        <ButtonLink href="/sign-in">{words.signIn}</ButtonLink>
      </DoneNotice>
    )
  }
  return (
    <LinkForm action={action} state={state}>
      <NewPasswordField state={state} label={words.label} hint={words.hint} />
      <SubmitButton>{words.submit}</SubmitButton>
    </LinkForm>
  )
}
