import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

type FieldFrameProps = {
  readonly id: string
  readonly label: string
  readonly hint?: ReactNode
  readonly problem?: string | undefined
  readonly optional?: boolean
  readonly children: ReactNode
}

export const inputClass =
  'block min-h-12 w-full rounded-8 border border-line-strong bg-surface px-3.5 py-2 text-std-17N-170 text-ink aria-invalid:border-2 aria-invalid:border-danger'

/** The browser's own button in it looks like ours. */
export const fileInputClass = `${inputClass} file:mr-4 file:min-h-9 file:cursor-pointer file:rounded-8 file:border file:border-primary file:bg-surface file:px-4 file:text-std-16B-170 file:text-primary`

/** The ids that describe a field, in the order in which they are read. */
export function describedBy(id: string, hint: unknown, problem: unknown): string | undefined {
  return [problem ? `${id}-problem` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || undefined
}

/** A field's label, hint and problem, in words above the field where a screen keyboard does not hide them. */
export function FieldFrame({ id, label, hint, problem, optional, children }: FieldFrameProps) {
  const t = useTranslations('forms')
  return (
    <div>
      <label htmlFor={id} className="text-std-16B-170">
        {label}
        {optional ? <span className="ml-2 text-std-16N-170 text-ink-muted">{t('optional')}</span> : null}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="text-ink-muted">
          {hint}
        </p>
      ) : null}
      {problem ? (
        <p id={`${id}-problem`} className="flex items-center gap-1.5 text-danger">
          <CircleAlert aria-hidden className="size-4 shrink-0" />
          {problem}
        </p>
      ) : null}
      <div className="mt-1.5">{children}</div>
    </div>
  )
}
