import { type ComponentProps, type ReactNode, useId } from 'react'
import { describedBy, FieldFrame, inputClass } from './field-frame.tsx'
import { enteredText, type FormState, problemOf } from './field-state.ts'

export type TextFieldProps = Omit<ComponentProps<'input'>, 'className' | 'id'> & {
  readonly state: FormState
  readonly name: string
  readonly label: string
  readonly hint?: ReactNode
  readonly optional?: boolean
}

export function TextField({ state, name, label, hint, optional, defaultValue, ...rest }: TextFieldProps) {
  const id = useId()
  const problem = problemOf(state, name)
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem} optional={optional ?? false}>
      <input
        id={id}
        name={name}
        defaultValue={enteredText(state, name) ?? defaultValue}
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, hint, problem)}
        className={inputClass}
        {...rest}
      />
    </FieldFrame>
  )
}
