import type { ReactNode } from 'react'

type RadioCard = {
  readonly value: string
  readonly title: ReactNode
  readonly body: ReactNode
  readonly disabled?: boolean
}

type RadioCardsProps = {
  readonly name: string
  readonly legend: string
  readonly options: readonly RadioCard[]
  readonly defaultValue: string
}

/** One of a few, each explained; the whole card can be pressed. */
export function RadioCards({ name, legend, options, defaultValue }: RadioCardsProps) {
  return (
    <fieldset className="space-y-4">
      <legend className="sr-only">{legend}</legend>
      {options.map(({ value, title, body, disabled }) => (
        <div
          key={value}
          className="rounded-12 border-2 border-line bg-surface p-5 has-checked:border-primary has-checked:bg-primary-soft has-disabled:bg-sunken sm:p-6"
        >
          <label className="flex min-h-11 cursor-pointer items-center gap-3 text-std-18B-160 has-disabled:cursor-not-allowed">
            <input
              type="radio"
              name={name}
              value={value}
              defaultChecked={value === defaultValue}
              disabled={disabled}
              className="size-6 shrink-0 accent-primary"
            />
            {title}
          </label>
          <div className="mt-2 space-y-3 sm:pl-9">{body}</div>
        </div>
      ))}
    </fieldset>
  )
}
