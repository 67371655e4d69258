import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { CopyButton } from './copy-button.tsx'

export type TypedValue = {
  readonly label: string
  /** what the person types or chooses in the mail program */
  readonly value: string
  readonly note?: ReactNode
  /** false for choices such as "SSL/TLS", which nobody pastes; they may wrap */
  readonly copyable?: boolean
  /** true for a secret or another long value: it may wrap at its hyphens, and elsewhere where it would not fit */
  readonly long?: boolean
}

/** Values to be typed into a mail program: large, in one width, each with its own copy button. */
export function ValueList({ values, className }: { values: readonly TypedValue[]; className?: string }) {
  return (
    <dl className={classNames('divide-y divide-line rounded-8 border border-line bg-surface', className)}>
      {values.map((item) => (
        <div key={item.label} className="grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-[11rem_1fr] sm:items-center">
          <dt className="text-ink-muted">{item.label}</dt>
          <dd className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <span
              translate="no"
              className={classNames(
                'typed min-w-0 text-std-18B-160 sm:text-std-20B-160',
                item.long && 'flex-1 basis-64 [overflow-wrap:anywhere]',
                !item.long && item.copyable !== false && 'whitespace-nowrap',
              )}
            >
              {item.value}
            </span>
            {item.copyable === false ? null : <CopyButton value={item.value} of={item.label} />}
            {item.note ? <span className="w-full text-ink-muted">{item.note}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}
