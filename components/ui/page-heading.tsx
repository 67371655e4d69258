import type { ReactNode } from 'react'

/** The one h1 of a page and, in the line below it, the one thing to do here. */
export function PageHeading({ title, lead, children }: { title: ReactNode; lead?: ReactNode; children?: ReactNode }) {
  return (
    <header className="mb-8 max-w-[46rem]">
      <h1 className="text-std-26B-150 sm:text-std-32B-150">{title}</h1>
      {lead ? <p className="mt-3 text-std-17N-170 text-ink-muted sm:text-balance">{lead}</p> : null}
      {children}
    </header>
  )
}
