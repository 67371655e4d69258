import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** Says what will appear here and how to make it so. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon: LucideIcon
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="rounded-12 border border-dashed border-line-strong bg-surface px-6 py-10 text-center">
      <Icon aria-hidden className="mx-auto mb-4 size-10 text-primary" strokeWidth={1.5} />
      <p className="phrases text-balance text-std-18B-160">{title}</p>
      {children ? <div className="mx-auto mt-2 max-w-[34rem] text-balance text-ink-muted">{children}</div> : null}
      {action ? <div className="mt-6">{action}</div> : null}
    </div>
  )
}
