import type { FormState } from '#components/form/field-state.ts'

type SwitchProps = { readonly state: FormState; readonly name: string; readonly label: string; readonly isOn: boolean }

/** On or off; after a refusal it stands as it was sent. */
export function Switch({ state, name, label, isOn }: SwitchProps) {
  const chosen = state.status === 'refused' ? state.values[name] === 'on' : isOn
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-3">
      <input
        key={String(chosen)}
        type="checkbox"
        name={name}
        defaultChecked={chosen}
        className="size-6 shrink-0 accent-primary"
      />
      {label}
    </label>
  )
}
