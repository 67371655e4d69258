import type { ReactNode } from 'react'

/** A whole page that says what happened, whether anything was lost, and what to do next. */
export function MessagePage({
  title,
  children,
  actions,
  code,
}: {
  title: ReactNode
  children: ReactNode
  actions: ReactNode
  code?: string | undefined
}) {
  return (
    <div className="mx-auto max-w-[40rem] py-8 sm:py-16">
      <h1 className="text-std-26B-150 sm:text-std-32B-150">{title}</h1>
      <div className="mt-4 space-y-3 text-std-17N-170">{children}</div>
      <div className="mt-8 flex flex-wrap gap-3">{actions}</div>
      {code ? <p className="mt-8 text-ink-muted">{code}</p> : null}
    </div>
  )
}
