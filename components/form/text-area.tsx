import { type ReactNode, useId } from 'react'
import { describedBy, FieldFrame, inputClass } from './field-frame.tsx'
import { enteredText, type FormState, problemOf } from './field-state.ts'

type TextAreaProps = {
  readonly state: FormState
  readonly name: string
  readonly label: string
  readonly hint?: ReactNode
  readonly defaultValue: string
  readonly rows: number
  readonly optional?: boolean
}

/** A text of several lines. */
export function TextArea({ state, name, label, hint, defaultValue, rows, optional = false }: TextAreaProps) {
  const id = useId()
  const problem = problemOf(state, name)
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem} optional={optional}>
      <textarea
        id={id}
        name={name}
        rows={rows}
        defaultValue={enteredText(state, name) ?? defaultValue}
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, hint, problem)}
        className={inputClass}
      />
    </FieldFrame>
  )
}
