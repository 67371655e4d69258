'use client'

import { type ComponentProps, type ReactNode, useId } from 'react'
import { describedBy, FieldFrame, fileInputClass } from './field-frame.tsx'
import { type FormState, problemOf } from './field-state.ts'

type FileFieldProps = Omit<ComponentProps<'input'>, 'className' | 'id' | 'type'> & {
  readonly state: FormState
  readonly name: string
  readonly label: string
  readonly hint?: ReactNode
  readonly maxBytes: number
  /** said by the browser before anything is sent */
  readonly tooLarge: string
}

/** A file of the person's own machine. */
export function FileField({ state, name, label, hint, maxBytes, tooLarge, ...rest }: FileFieldProps) {
  const id = useId()
  const problem = problemOf(state, name)
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem}>
      <input
        id={id}
        type="file"
        name={name}
        onChange={({ currentTarget: input }) =>
          input.setCustomValidity((input.files?.[0]?.size ?? 0) > maxBytes ? tooLarge : '')
        }
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, hint, problem)}
        className={fileInputClass}
        {...rest}
      />
    </FieldFrame>
  )
}
