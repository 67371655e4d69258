import type { ReactNode } from 'react'

/** What kind of thing it is; a state is a StatusBadge. */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="inline-block rounded-8 border border-line bg-sunken px-2.5 py-0.5 whitespace-nowrap text-ink-muted">
      {children}
    </span>
  )
}
