import { useId } from 'react'
import { enteredList, type FormState, problemOf } from './field-state.ts'

type CheckboxGroupProps = {
  readonly state: FormState
  readonly name: string
  readonly legend: string
  readonly hint?: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly defaultValues: readonly string[]
}

/** Several may be chosen. */
export function CheckboxGroup({ state, name, legend, hint, options, defaultValues }: CheckboxGroupProps) {
  const id = useId()
  const problem = problemOf(state, name)
  const chosen = enteredList(state, name) ?? defaultValues
  return (
    <fieldset aria-describedby={hint ? id : undefined}>
      <legend className="text-std-16B-170">{legend}</legend>
      {hint ? (
        <p id={id} className="text-ink-muted">
          {hint}
        </p>
      ) : null}
      {problem ? <p className="text-danger">{problem}</p> : null}
      <div className="mt-1 space-y-1">
        {options.map(({ value, label }) => (
          <label key={value} className="flex min-h-11 cursor-pointer items-center gap-3">
            <input
              type="checkbox"
              name={`${name}[]`}
              value={value}
              defaultChecked={chosen.includes(value)}
              className="size-6 shrink-0 accent-primary"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
