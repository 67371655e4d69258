import { type ReactNode, useId } from 'react'
import { describedBy, FieldFrame } from './field-frame.tsx'
import { enteredText, type FormState, problemOf } from './field-state.ts'
import { Select } from './select.tsx'

type Option = { readonly value: string; readonly label: string }
type Group = { readonly label: string; readonly options: readonly Option[] }

export type SelectFieldProps = {
  readonly state: FormState
  readonly name: string
  readonly label: string
  readonly hint?: ReactNode
  readonly defaultValue?: string | undefined
  readonly options: readonly (Option | Group)[]
}

export function SelectField({ state, name, label, hint, defaultValue, options }: SelectFieldProps) {
  const id = useId()
  const problem = problemOf(state, name)
  const chosen = enteredText(state, name) ?? defaultValue
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem}>
      <Select
        // React resets a form after its action; a new key puts the entered choice back.
        key={chosen}
        id={id}
        name={name}
        defaultValue={chosen}
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, hint, problem)}
      >
        {options.map((option) =>
          'options' in option ? (
            <optgroup key={option.label} label={option.label}>
              {option.options.map(optionOf)}
            </optgroup>
          ) : (
            optionOf(option)
          ),
        )}
      </Select>
    </FieldFrame>
  )
}

function optionOf({ value, label }: Option) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  )
}
