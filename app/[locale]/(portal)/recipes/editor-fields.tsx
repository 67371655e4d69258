/** Fields whose value the editor holds; they have a label of their own in every line, seen or only read aloud. */
import { type ComponentProps, type ReactNode, useId } from 'react'
import { describedBy, FieldFrame, inputClass } from '#components/form/field-frame.tsx'
import { Select } from '#components/form/select.tsx'

type EditorFieldProps<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly onValue: (value: Value) => void
  readonly problem?: string | undefined
  readonly hint?: ReactNode
}

type TextProps = EditorFieldProps<string> & Pick<ComponentProps<'input'>, 'type' | 'maxLength' | 'inputMode' | 'list'>

export function EditorText({ label, value, onValue, problem, hint, ...rest }: TextProps) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} problem={problem} hint={hint}>
      <input
        id={id}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, hint, problem)}
        className={inputClass}
        {...rest}
      />
    </FieldFrame>
  )
}

export function EditorTextBlock({ label, value, onValue, problem, hint }: EditorFieldProps<string>) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} problem={problem} hint={hint}>
      <textarea
        id={id}
        rows={5}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, hint, problem)}
        className={inputClass}
      />
    </FieldFrame>
  )
}

type NumberProps = Omit<EditorFieldProps<string>, 'value' | 'onValue'> & {
  readonly value: number
  readonly onValue: (value: number) => void
}

/** An empty field is the number 0, which the schema refuses. */
export function EditorNumber({ value, onValue, ...rest }: NumberProps) {
  const onText = (text: string) => onValue(Number(text.normalize('NFKC').replace(/\D/g, '')))
  return <EditorText {...rest} inputMode="numeric" value={value === 0 ? '' : String(value)} onValue={onText} />
}

type SelectProps<Value extends string> = EditorFieldProps<Value> & {
  readonly options: readonly { readonly value: Value; readonly label: string }[]
}

export function EditorSelect<Value extends string>({ label, value, onValue, options, problem }: SelectProps<Value>) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} problem={problem}>
      <Select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value as Value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </FieldFrame>
  )
}

type CheckboxProps = { readonly label: string; readonly isOn: boolean; readonly onChange: (isOn: boolean) => void }

export function EditorCheckbox({ label, isOn, onChange }: CheckboxProps) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-3">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="size-6 shrink-0 accent-primary"
      />
      {label}
    </label>
  )
}
