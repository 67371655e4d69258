import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

type CardProps = {
  readonly title?: ReactNode
  readonly titleId?: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly className?: string
  readonly children?: ReactNode
}

/** A section of a page with its own heading (h2). */
export function Card({ title, titleId, lead, actions, className, children }: CardProps) {
  return (
    <section
      aria-labelledby={title && titleId ? titleId : undefined}
      className={classNames('rounded-12 border border-line bg-surface p-5 sm:p-7', className)}
    >
      {title ? (
        <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
          <h2 id={titleId} className="text-std-20B-160 sm:text-std-22B-150">
            {title}
          </h2>
          {actions}
        </div>
      ) : null}
      {lead ? <p className="-mt-2 mb-5 text-ink-muted">{lead}</p> : null}
      {children}
    </section>
  )
}
