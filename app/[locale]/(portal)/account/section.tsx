import { type ReactNode, useId } from 'react'

/** One thing that can be done to a mailbox, under the mailbox's own heading. */
export function Section({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="rounded-12 border border-line bg-surface p-5 sm:p-6">
      <h3 id={id} className="text-std-18B-160">
        {title}
      </h3>
      <p className="mt-1 mb-4 text-ink-muted">{lead}</p>
      {children}
    </section>
  )
}
