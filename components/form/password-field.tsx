'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useState } from 'react'
import { describedBy, FieldFrame, inputClass } from './field-frame.tsx'
import { problemOf } from './field-state.ts'
import type { TextFieldProps } from './text-field.tsx'

/** A password that the person may look at while typing it. */
export function PasswordField({ state, name, label, hint, ...rest }: TextFieldProps) {
  const t = useTranslations('forms')
  const id = useId()
  const [canShow, setCanShow] = useState(false)
  const [shown, setShown] = useState(false)
  useEffect(() => setCanShow(true), [])
  const problem = problemOf(state, name)
  const Icon = shown ? EyeOff : Eye
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem}>
      <div className="flex gap-2">
        <input
          id={id}
          name={name}
          type={shown ? 'text' : 'password'}
          aria-invalid={problem ? true : undefined}
          aria-describedby={describedBy(id, hint, problem)}
          className={inputClass}
          {...rest}
        />
        {canShow ? (
          <button
            type="button"
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="inline-flex min-h-12 shrink-0 cursor-pointer items-center gap-1.5 rounded-8 border border-line-strong bg-surface px-3 text-primary hover:bg-primary-soft"
          >
            <Icon aria-hidden className="size-5" />
            {shown ? t('hidePassword') : t('showPassword')}
          </button>
        ) : null}
      </div>
    </FieldFrame>
  )
}
